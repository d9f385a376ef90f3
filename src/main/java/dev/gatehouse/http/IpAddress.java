package dev.gatehouse.http;

import org.jspecify.annotations.Nullable;

/**
 * An address from its literal text, as 128 bits; IPv4 is held as the IPv4-mapped {@code
 * ::ffff:a.b.c.d}. Never asks DNS: what is no literal is no address.
 */
public record IpAddress(long high, long low) {
  private static final long MAPPED = 0xffffL << 32;
  private static final int GROUPS = 8;

  /** Null unless the text is an IPv4 or IPv6 literal; a scope id and brackets are ignored. */
  public static @Nullable IpAddress parse(String text) {
    int from = 0;
    int to = text.length();
    if (to > 1 && text.charAt(0) == '[' && text.charAt(to - 1) == ']') {
      from++;
      to--;
    }
    int colon = text.indexOf(':', from);
    if (colon < 0) {
      long v4 = from == 0 ? parseV4(text, 0, to) : -1;
      return v4 < 0 ? null : new IpAddress(0, MAPPED | v4);
    }
    int scope = text.indexOf('%', from);
    return parseV6(text, from, scope < 0 ? to : scope);
  }

  /** Whether it is IPv4, be it written as IPv6. */
  public boolean isV4() {
    return high == 0 && low >>> 32 == 0xffff;
  }

  /** Four decimal numbers without leading zeros (some read those as octal); -1: not that. */
  private static long parseV4(String text, int from, int to) {
    long address = 0;
    int octets = 0;
    int at = from;
    while (octets < 4) {
      int start = at;
      int octet = 0;
      while (at < to && at - start < 3 && digit(text.charAt(at), 10) >= 0) {
        octet = octet * 10 + digit(text.charAt(at++), 10);
      }
      boolean leadingZero = at - start > 1 && text.charAt(start) == '0';
      if (at == start || octet > 255 || leadingZero) {
        return -1;
      }
      address = address << 8 | octet;
      octets++;
      if (octets < 4 && (at == to || text.charAt(at++) != '.')) {
        return -1;
      }
    }
    return at == to ? address : -1;
  }

  /** RFC 4291 §2.2: groups of up to four hex digits, one {@code ::}, IPv4 in the last 32 bits. */
  private static @Nullable IpAddress parseV6(String text, int from, int to) {
    long high = 0;
    long low = 0;
    int groups = 0; // since the gap
    int headGroups = -1; // before the gap, if there is one
    long headHigh = 0;
    long headLow = 0;
    int at = from;
    while (at < to) {
      if (text.startsWith("::", at) && at + 2 <= to) {
        if (headGroups >= 0) {
          return null;
        }
        headGroups = groups;
        headHigh = high;
        headLow = low;
        high = 0;
        low = 0;
        groups = 0;
        at += 2;
        continue;
      }
      if (at > from && text.charAt(at - 1) != ':') {
        if (text.charAt(at++) != ':') {
          return null;
        }
      }
      int end = endOfGroup(text, at, to);
      if (end < to && text.charAt(end) == '.') {
        long v4 = parseV4(text, at, to);
        if (v4 < 0) {
          return null;
        }
        high = high << 32 | low >>> 32;
        low = low << 32 | v4;
        groups += 2;
        at = to;
      } else {
        if (end == at || end - at > 4) {
          return null;
        }
        high = high << 16 | low >>> 48;
        low = low << 16 | Integer.parseInt(text, at, end, 16);
        groups++;
        at = end;
      }
      if (Math.max(headGroups, 0) + groups > GROUPS) {
        return null;
      }
    }
    if (headGroups < 0) {
      return groups == GROUPS ? new IpAddress(high, low) : null;
    }
    int free = 16 * (GROUPS - headGroups); // bits behind the head
    if (headGroups + groups >= GROUPS) {
      return null;
    }
    if (headGroups == 0) {
      return new IpAddress(high, low);
    }
    return free >= 64
        ? new IpAddress(headLow << (free - 64) | high, low)
        : new IpAddress(headHigh << free | headLow >>> (64 - free) | high, headLow << free | low);
  }

  private static int endOfGroup(String text, int from, int to) {
    int end = from;
    while (end < to && digit(text.charAt(end), 16) >= 0) {
      end++;
    }
    return end;
  }

  private static int digit(char c, int radix) {
    return c < 128 ? Character.digit(c, radix) : -1;
  }
}
