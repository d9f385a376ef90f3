package dev.gatehouse.http;

/** A qvalue (RFC 9110 §12.4.2). */
final class Weight {
  static final int FULL = 1000;

  private Weight() {}

  /** Thousandths; -1 for what is no qvalue. */
  static int of(String qvalue) {
    boolean shaped =
        !qvalue.isEmpty()
            && qvalue.length() <= 5
            && (qvalue.charAt(0) == '0' || qvalue.charAt(0) == '1')
            && (qvalue.length() == 1 || qvalue.charAt(1) == '.');
    if (!shaped) {
      return -1;
    }
    int weight = qvalue.charAt(0) - '0';
    for (int i = 2; i < 5; i++) {
      int digit = i < qvalue.length() ? qvalue.charAt(i) - '0' : 0;
      if (digit < 0 || digit > 9) {
        return -1;
      }
      weight = weight * 10 + digit;
    }
    return weight <= FULL ? weight : -1;
  }
}
