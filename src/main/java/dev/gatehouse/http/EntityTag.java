package dev.gatehouse.http;

import java.util.List;

/**
 * Entity tags, and the lists of them in If-Match and If-None-Match (RFC 9110 §8.8.3, §13.1).
 *
 * <p>A tag that is not written as the RFC says stands for itself byte by byte. It is never
 * repaired: to the origin that wrote it, the repaired one may be another.
 */
public final class EntityTag {
  private EntityTag() {}

  /** Whether the tag may be strong: whether it is not marked as weak, in whatever case. */
  public static boolean isStrong(String tag) {
    return !tag.regionMatches(true, 0, "W/", 0, 2);
  }

  /** Strong comparison (§8.8.3.2). */
  public static boolean equalStrongly(String one, String other) {
    return isStrong(one) && one.equals(other);
  }

  /** Weak comparison (§8.8.3.2). */
  public static boolean equalWeakly(String one, String other) {
    int start = opaqueStart(one);
    int otherStart = opaqueStart(other);
    int length = one.length() - start;
    return length == other.length() - otherStart
        && one.regionMatches(start, other, otherStart, length);
  }

  /** Whether the field is {@code *}, which all there is matches; in a list it is nothing. */
  public static boolean isAny(List<String> lines) {
    return lines.size() == 1 && lines.get(0).equals("*");
  }

  /** Whether the lists have a tag that is weakly equal to this one (§13.1.2). */
  public static boolean isInWeakly(List<String> lines, String tag) {
    return isIn(lines, tag, true);
  }

  /** Whether the lists have a tag that is strongly equal to this one (§13.1.1). */
  public static boolean isInStrongly(List<String> lines, String tag) {
    return isIn(lines, tag, false);
  }

  private static boolean isIn(List<String> lines, String tag, boolean weakly) {
    for (String line : lines) {
      int start = 0;
      while (start <= line.length()) {
        int end = memberEnd(line, start);
        String member = Ascii.trim(line, start, end);
        if (weakly ? equalWeakly(member, tag) : equalStrongly(member, tag)) {
          return !member.isEmpty();
        }
        start = end + 1;
      }
    }
    return false;
  }

  /** The next comma that is not in quotes; in a tag, a backslash protects nothing (§8.8.3). */
  private static int memberEnd(String line, int start) {
    boolean quoted = false;
    for (int i = start; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        return i;
      }
    }
    return line.length();
  }

  /** Behind {@code W/}, if that is what it is. */
  private static int opaqueStart(String tag) {
    return tag.startsWith("W/\"") ? 2 : 0;
  }
}
