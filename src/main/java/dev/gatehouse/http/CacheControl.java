package dev.gatehouse.http;

import dev.gatehouse.http.Directives.Flag;
import dev.gatehouse.http.Directives.Time;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The directives of a message's Cache-Control fields (RFC 9111 §5.2), or of a field that is
 * targeted at caches such as us (RFC 9213). Immutable.
 *
 * <p>Times are whole seconds, saturated (§1.2.2). A time that can't be read is zero: the directive
 * is there, and grants nothing (§4.2.1). Of several, the first counts.
 */
public final class CacheControl {
  /** Of a message without the field. */
  public static final CacheControl NONE = new CacheControl(false, new Directives());

  /** The one directive, which is what {@code Pragma: no-cache} means (§5.4). */
  public static final CacheControl NO_CACHE = parse(List.of("no-cache"));

  /** What stands for all that is longer (§1.2.2). */
  public static final long LONGEST = 1L << 31;

  private final boolean present;
  private final Set<Flag> flags;
  private final Map<Time, Long> times;
  private final Set<String> noCacheFields;
  private final Set<String> privateFields;

  private CacheControl(boolean present, Directives read) {
    this.present = present;
    this.flags = read.flags();
    this.times = read.times();
    this.noCacheFields = read.noCacheFields();
    this.privateFields = read.privateFields();
  }

  /**
   * Reads the values of all Cache-Control fields of a message. Directives that are not known are
   * skipped (§5.2.3).
   */
  public static CacheControl parse(List<String> lines) {
    if (lines.isEmpty()) {
      return NONE;
    }
    Directives read = new Directives();
    for (String line : lines) {
      DirectiveList list = new DirectiveList(line);
      while (list.next()) {
        read.take(list);
      }
    }
    return new CacheControl(true, read);
  }

  /**
   * Reads the value of a targeted field (RFC 9213 §2.1). Empty if it is of no use as a whole: no
   * dictionary, without members, or with a time that is no integer.
   *
   * @param lines of one field, at least one
   */
  public static Optional<CacheControl> targeted(List<String> lines) {
    Optional<Map<String, StructuredDictionary.Value>> dictionary =
        StructuredDictionary.parse(lines).filter(members -> !members.isEmpty());
    Directives read = new Directives();
    boolean good = dictionary.isPresent();
    if (good) {
      for (var member : dictionary.get().entrySet()) {
        good &= read.take(member.getKey(), member.getValue());
      }
    }
    return good ? Optional.of(new CacheControl(true, read)) : Optional.empty();
  }

  /** Whether there is such a field at all (§5.4 asks). */
  public boolean isPresent() {
    return present;
  }

  /** §5.2.1.5, §5.2.2.5. */
  public boolean noStore() {
    return flags.contains(Flag.NO_STORE);
  }

  /** §5.2.1.4, §5.2.2.4: for all of the message. */
  public boolean noCache() {
    return flags.contains(Flag.NO_CACHE);
  }

  /** §5.2.2.4: the fields that may not be used again without validation; they ignore case. */
  public Set<String> noCacheFields() {
    return noCacheFields;
  }

  /** §5.2.2.7: for all of the message. */
  public boolean isPrivate() {
    return flags.contains(Flag.PRIVATE);
  }

  /** §5.2.2.7: the fields that a shared cache does not store; they ignore case. */
  public Set<String> privateFields() {
    return privateFields;
  }

  /** §5.2.2.9. */
  public boolean isPublic() {
    return flags.contains(Flag.PUBLIC);
  }

  /** §5.2.2.2. */
  public boolean mustRevalidate() {
    return flags.contains(Flag.MUST_REVALIDATE);
  }

  /** §5.2.2.8. */
  public boolean proxyRevalidate() {
    return flags.contains(Flag.PROXY_REVALIDATE);
  }

  /** §5.2.2.3. */
  public boolean mustUnderstand() {
    return flags.contains(Flag.MUST_UNDERSTAND);
  }

  /** §5.2.1.6, §5.2.2.6. */
  public boolean noTransform() {
    return flags.contains(Flag.NO_TRANSFORM);
  }

  /** RFC 8246 §2. */
  public boolean immutable() {
    return flags.contains(Flag.IMMUTABLE);
  }

  /** §5.2.1.7. */
  public boolean onlyIfCached() {
    return flags.contains(Flag.ONLY_IF_CACHED);
  }

  /** §5.2.1.1, §5.2.2.1. */
  public OptionalLong maxAge() {
    return time(Time.MAX_AGE);
  }

  /** §5.2.2.10. */
  public OptionalLong sMaxage() {
    return time(Time.S_MAXAGE);
  }

  /** RFC 5861 §3. */
  public OptionalLong staleWhileRevalidate() {
    return time(Time.STALE_WHILE_REVALIDATE);
  }

  /** RFC 5861 §4. */
  public OptionalLong staleIfError() {
    return time(Time.STALE_IF_ERROR);
  }

  /** §5.2.1.2; without a value: the longest time. */
  public OptionalLong maxStale() {
    return time(Time.MAX_STALE);
  }

  /** §5.2.1.3. */
  public OptionalLong minFresh() {
    return time(Time.MIN_FRESH);
  }

  private OptionalLong time(Time time) {
    Long seconds = times.get(time);
    return seconds == null ? OptionalLong.empty() : OptionalLong.of(seconds);
  }
}
