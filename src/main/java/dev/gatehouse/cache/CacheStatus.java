package dev.gatehouse.cache;

import dev.gatehouse.http.Token;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What the cache did with a request, as a member of Cache-Status (RFC 9211 §2), and as one word.
 *
 * @param fromStore whether the answer came from store without asking the origin (§2.1)
 * @param forward why the request went on (§2.2); empty: it did not
 * @param forwardStatus what came back for it, if that is not the answer's own status (§2.3)
 * @param ttl seconds that the response stays fresh; negative: it has been stale so long (§2.4)
 * @param stored whether the response was stored (§2.5)
 * @param collapsed whether the request waited for another's (§2.6)
 * @param key the cache key; empty: not to be shown (§2.7)
 * @param detail more, in our own words; empty: nothing (§2.8)
 */
public record CacheStatus(
    boolean fromStore,
    Optional<Forward> forward,
    OptionalInt forwardStatus,
    OptionalLong ttl,
    boolean stored,
    boolean collapsed,
    String key,
    String detail) {
  private static final String CACHE = "gatehouse";
  private static final long MOST = 999_999_999_999_999L; // RFC 8941 §3.3.1

  /** Answered from store. */
  public static CacheStatus hit() {
    return of(true, Optional.empty());
  }

  /** Neither. */
  public static CacheStatus unsatisfied() {
    return of(false, Optional.empty());
  }

  /** Went on, for this reason. */
  public static CacheStatus forwarded(Forward reason) {
    return of(false, Optional.of(reason));
  }

  private static CacheStatus of(boolean fromStore, Optional<Forward> reason) {
    return new CacheStatus(
        fromStore, reason, OptionalInt.empty(), OptionalLong.empty(), false, false, "", "");
  }

  /** With the status that came back. */
  public CacheStatus withForwardStatus(int status) {
    return new CacheStatus(
        fromStore, forward, OptionalInt.of(status), ttl, stored, collapsed, key, detail);
  }

  /** With what is left of the response's freshness, in seconds. */
  public CacheStatus withTtl(long seconds) {
    return new CacheStatus(
        fromStore,
        forward,
        forwardStatus,
        OptionalLong.of(seconds),
        stored,
        collapsed,
        key,
        detail);
  }

  /** With the response stored. */
  public CacheStatus withStored() {
    return new CacheStatus(fromStore, forward, forwardStatus, ttl, true, collapsed, key, detail);
  }

  /** With the request having waited for another's. */
  public CacheStatus withCollapsed() {
    return new CacheStatus(fromStore, forward, forwardStatus, ttl, stored, true, key, detail);
  }

  /** With the key shown. */
  public CacheStatus withKey(String shown) {
    return new CacheStatus(
        fromStore, forward, forwardStatus, ttl, stored, collapsed, shown, detail);
  }

  /** With more in our own words. */
  public CacheStatus withDetail(String words) {
    return new CacheStatus(fromStore, forward, forwardStatus, ttl, stored, collapsed, key, words);
  }

  /** The member of the list: an item with parameters (RFC 8941 §3.3). */
  public String member() {
    StringBuilder member = new StringBuilder(64).append(CACHE);
    if (forward.isPresent()) {
      member.append("; fwd=").append(forward.get().word());
      forwardStatus.ifPresent(status -> member.append("; fwd-status=").append(status));
    } else if (fromStore) {
      member.append("; hit");
    }
    ttl.ifPresent(
        seconds -> member.append("; ttl=").append(Math.max(-MOST, Math.min(MOST, seconds))));
    if (stored) {
      member.append("; stored");
    }
    if (collapsed) {
      member.append("; collapsed");
    }
    if (!key.isEmpty()) {
      string(member.append("; key="), key);
    }
    if (!detail.isEmpty()) {
      bare(member.append("; detail="), detail);
    }
    return member.toString();
  }

  /**
   * The whole field: the caches nearer to the origin come first (§2).
   *
   * @param lines of Cache-Status as they came; none: nobody else had a part in it
   */
  public String after(List<String> lines) {
    String member = member();
    if (lines.isEmpty()) {
      return member;
    }
    StringBuilder field = new StringBuilder();
    for (String line : lines) {
      if (!line.isEmpty()) { // an empty member would spoil the list
        field.append(line).append(", ");
      }
    }
    return field.append(member).toString();
  }

  /** For X-Cache: the answer came from store, fresh or stale or found current, or did not. */
  public String word() {
    boolean late = ttl.isPresent() && ttl.getAsLong() < 0;
    if (forward.isEmpty()) {
      String served = late ? "STALE" : "HIT";
      return fromStore ? served : "MISS";
    }
    return switch (forward.get()) {
      case BYPASS, METHOD -> "BYPASS";
      case STALE, REQUEST -> revalidated(late);
      default -> "MISS";
    };
  }

  private String revalidated(boolean late) {
    if (forwardStatus.orElse(0) == 304) {
      return "REVALIDATED";
    }
    return late && !stored ? "STALE" : "MISS"; // the origin failed, and what was stored had to do
  }

  /** A token, as details are, or else a string. */
  private static void bare(StringBuilder member, String text) {
    char first = text.charAt(0);
    if (Token.is(text) && (first == '*' || isLetter(first))) {
      member.append(text);
    } else {
      string(member, text);
    }
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  /** RFC 8941 §3.3.3: what is no printable ASCII can't stand there. */
  private static void string(StringBuilder member, String text) {
    member.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        member.append('\\');
      }
      member.append(c >= ' ' && c < 0x7f ? c : '?');
    }
    member.append('"');
  }
}
