package dev.gatehouse.http;

/** Characters of UTF-8 that are written as escapes (RFC 3629 §4). */
final class Utf8Escapes {
  private Utf8Escapes() {}

  /**
   * How many escapes make the character that begins at the place with a byte of 0x80 or more; 0 for
   * what is no UTF-8, overlong forms and surrogates included.
   */
  static int length(String raw, int at) {
    int lead = RequestPath.escaped(raw, at);
    int length = lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
    for (int i = 1; i < length; i++) {
      int b = RequestPath.escaped(raw, at + 3 * i);
      int least = i > 1 ? 0x80 : lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80; // else overlong
      int most = i > 1 ? 0xbf : lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf; // else no scalar
      if (b < least || b > most) {
        return 0;
      }
    }
    return length;
  }
}
