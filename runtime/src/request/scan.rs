//! Looking at every byte of a text, quickly.

/// Whether `flaw` is 0 for every byte, told of texts from four bytes on; shorter ones are left to the loop of the caller.
///
/// Most values need no escaping, and a look at each of their bytes took a fifth of the time of a request. Hence blocks of
/// one size without a branch for each byte, which compilers turn into vector instructions, and a `flaw` that is made of
/// what those have: `saturating_sub` and `min` of bytes. With comparisons instead, a block of 16 bytes took 30 instructions
/// and not 15. The last block overlaps the one before it, so that no bytes are left over.
#[inline]
pub(super) fn all(text: &[u8], flaw: impl Fn(u8) -> u8 + Copy) -> bool {
    if let (Some(first), Some(last)) = (text.first_chunk::<16>(), text.last_chunk::<16>()) {
        let (blocks, _) = text.as_chunks::<16>();
        return block(*first, flaw) && blocks.iter().skip(1).all(|bytes| block(*bytes, flaw)) && block(*last, flaw);
    }
    let (first, last) = if let (Some(first), Some(last)) = (text.first_chunk::<8>(), text.last_chunk::<8>()) {
        (u64::from_ne_bytes(*first), u64::from_ne_bytes(*last))
    } else if let (Some(first), Some(last)) = (text.first_chunk::<4>(), text.last_chunk::<4>()) {
        let (first, last) = (u32::from_ne_bytes(*first), u32::from_ne_bytes(*last));
        let both = u64::from(first) | u64::from(last) << 32;
        (both, both)
    } else {
        return false;
    };
    block((u128::from(first) | u128::from(last) << 64).to_ne_bytes(), flaw)
}

/// The first 16 bytes of a text, with zeros after it if it is shorter.
///
/// Put together from what is read at both ends, which overlaps: to copy a few bytes into an array is two calls.
#[inline]
pub(super) fn block_of(text: &[u8]) -> [u8; 16] {
    let length = text.len();
    if let Some(block) = text.first_chunk::<16>() {
        return *block;
    }
    let word = if let (Some(first), Some(last)) = (text.first_chunk::<8>(), text.last_chunk::<8>()) {
        u128::from(u64::from_le_bytes(*first)) | u128::from(u64::from_le_bytes(*last)) << (8 * (length - 8))
    } else if let (Some(first), Some(last)) = (text.first_chunk::<4>(), text.last_chunk::<4>()) {
        u128::from(u64::from(u32::from_le_bytes(*first)) | u64::from(u32::from_le_bytes(*last)) << (8 * (length - 4)))
    } else {
        u128::from(text.iter().rev().fold(0, |word, &byte| word << 8 | u32::from(byte)))
    };
    word.to_le_bytes()
}

/// Where the first byte with a flaw is; 16 if there is none.
#[inline]
pub(super) fn first(bytes: [u8; 16], flaw: impl Fn(u8) -> u8) -> usize {
    let mut flaws = [0; 16];
    for (found, byte) in flaws.iter_mut().zip(&bytes) {
        *found = flaw(*byte);
    }
    (u128::from_le_bytes(flaws).trailing_zeros() / 8) as usize
}

#[inline]
fn block(bytes: [u8; 16], flaw: impl Fn(u8) -> u8) -> bool {
    bytes.iter().fold(0, |flaws, &byte| flaws | flaw(byte)) == 0
}

#[cfg(test)]
mod tests {
    use super::all;

    #[test]
    fn a_byte_is_found_wherever_it_stands() {
        for length in 4..70 {
            let mut text = vec![b'a'; length];
            assert!(all(&text, |byte| byte ^ b'a'));
            for at in 0..length {
                text[at] = b'b';
                assert!(!all(&text, |byte| byte ^ b'a'), "{at} of {length}");
                text[at] = b'a';
            }
        }
    }
}
