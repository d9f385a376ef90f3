package dev.gatehouse.http;

import java.nio.charset.StandardCharsets;

/** The name that a request has in logs: ours and, if they trust each other, those of neighbours. */
public final class RequestId {
  private static final int MAX_LENGTH = 128;

  private RequestId() {}

  /**
   * Whether another's id may go into fields, logs and JSON as it is: 1 to 128 visible ASCII
   * characters, neither quotes nor backslash.
   */
  public static boolean isSane(String id) {
    for (int i = 0; i < id.length(); i++) {
      char c = id.charAt(i);
      if (c <= ' ' || c > '~' || c == '"' || c == '\'' || c == '\\') {
        return false;
      }
    }
    return !id.isEmpty() && id.length() <= MAX_LENGTH;
  }

  /** 128 bits as 32 hexadecimal digits. */
  public static String of(long high, long low) {
    byte[] digits = new byte[32];
    write(high, digits, 0);
    write(low, digits, 16);
    return new String(digits, StandardCharsets.US_ASCII);
  }

  private static void write(long bits, byte[] digits, int start) {
    for (int i = 0; i < 16; i++) {
      digits[start + i] = (byte) Character.forDigit((int) (bits >>> (60 - 4 * i)) & 15, 16);
    }
  }
}
