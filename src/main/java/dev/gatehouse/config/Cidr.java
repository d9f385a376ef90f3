package dev.gatehouse.config;

import dev.gatehouse.http.IpAddress;
import org.jspecify.annotations.Nullable;

/** An IP address or a range of them, such as {@code 10.0.0.0/8} or {@code ::1}. Immutable. */
public final class Cidr {
  private static final int BITS = 128;
  private static final int V4_BITS = 32;

  private final long high;
  private final long low;
  private final long highMask;
  private final long lowMask;
  private final boolean v4;
  private final String text;

  private Cidr(IpAddress address, int bits, boolean v4, String text) {
    highMask = bits >= 64 ? -1 : leading(bits);
    lowMask = bits <= 64 ? 0 : leading(bits - 64);
    high = address.high() & highMask;
    low = address.low() & lowMask;
    this.v4 = v4;
    this.text = text;
  }

  /**
   * Reads an address, alone or with a prefix length. Names are not looked up.
   *
   * @throws IllegalArgumentException unless it is IPv4 or IPv6; the message says what is wrong
   */
  public static Cidr parse(String text) {
    int slash = text.indexOf('/');
    IpAddress address = IpAddress.parse(slash < 0 ? text : text.substring(0, slash));
    if (address == null) {
      throw new IllegalArgumentException("not an IPv4 or IPv6 address");
    }
    boolean dotted = text.indexOf(':') < 0;
    int most = dotted ? V4_BITS : BITS;
    int bits = slash < 0 ? most : prefixLength(text.substring(slash + 1));
    if (bits < 0 || bits > most) {
      throw new IllegalArgumentException("the number after / must be from 0 to " + most);
    }
    int all = dotted ? bits + BITS - V4_BITS : bits;
    return new Cidr(address, all, address.isV4() && all >= BITS - V4_BITS, text);
  }

  /** False also for IPv4 in an IPv6 range beyond {@code ::ffff:0:0/96}. */
  public boolean contains(IpAddress address) {
    return address.isV4() == v4
        && (address.high() & highMask) == high
        && (address.low() & lowMask) == low;
  }

  /** As configured. */
  @Override
  public String toString() {
    return text;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Cidr that
        && high == that.high
        && low == that.low
        && highMask == that.highMask
        && lowMask == that.lowMask;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(31 * high + low) + Long.bitCount(highMask) + Long.bitCount(lowMask);
  }

  private static long leading(int bits) {
    return bits == 0 ? 0 : -1L << (64 - bits);
  }

  private static int prefixLength(String digits) {
    boolean number = !digits.isEmpty() && digits.length() <= 3;
    for (int i = 0; i < digits.length(); i++) {
      number &= digits.charAt(i) >= '0' && digits.charAt(i) <= '9';
    }
    return number ? Integer.parseInt(digits) : -1;
  }
}
