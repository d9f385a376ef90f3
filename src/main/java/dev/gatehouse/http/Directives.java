package dev.gatehouse.http;

import dev.gatehouse.http.StructuredDictionary.Text;
import dev.gatehouse.http.StructuredDictionary.Truth;
import dev.gatehouse.http.StructuredDictionary.Whole;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Collects cache directives and says what each one means. */
final class Directives {
  private static final Truth YES = new Truth(true);
  private static final Truth NO = new Truth(false);

  private final Set<Flag> flags = EnumSet.noneOf(Flag.class);
  private final Map<Time, Long> times = new EnumMap<>(Time.class);
  private Set<String> noCacheFields = Set.of();
  private Set<String> privateFields = Set.of();

  /** Directives without a time. */
  enum Flag {
    NO_STORE(true),
    NO_CACHE(true),
    PRIVATE(true),
    PUBLIC(false),
    MUST_REVALIDATE(true),
    PROXY_REVALIDATE(true),
    MUST_UNDERSTAND(false),
    NO_TRANSFORM(true),
    IMMUTABLE(false),
    ONLY_IF_CACHED(false);

    /** Whether it forbids, and is believed however it is written. */
    private final boolean strict;

    Flag(boolean strict) {
      this.strict = strict;
    }
  }

  /** Directives with a time. */
  enum Time {
    MAX_AGE,
    S_MAXAGE,
    STALE_WHILE_REVALIDATE,
    STALE_IF_ERROR,
    MAX_STALE,
    MIN_FRESH
  }

  Set<Flag> flags() {
    return flags;
  }

  Map<Time, Long> times() {
    return times;
  }

  Set<String> noCacheFields() {
    return noCacheFields;
  }

  Set<String> privateFields() {
    return privateFields;
  }

  /** Takes up the directive that the list is at. */
  void take(DirectiveList list) {
    Time time = time(list.name());
    if (time != null) {
      boolean any = time == Time.MAX_STALE && !list.hasValue() && !list.doubtful();
      times.putIfAbsent(
          time, any ? CacheControl.LONGEST : list.doubtful() ? 0 : seconds(list.value()));
      return;
    }
    Flag flag = flag(list.name());
    boolean written = !list.doubtful() && !list.hasValue();
    if (flag == null || (!flag.strict && !written)) {
      return;
    }
    boolean named = list.hasValue() && !list.doubtful() && names(flag, list.value());
    if (!named) {
      flags.add(flag);
    }
  }

  /** False if the value is of no type that the directive has. */
  boolean take(String name, StructuredDictionary.Value value) {
    Time time = time(name);
    if (time != null) {
      if (!(value instanceof Whole seconds)) {
        return false;
      }
      times.put(time, Math.max(0, Math.min(seconds.number(), CacheControl.LONGEST)));
      return true;
    }
    Flag flag = flag(name);
    if (flag != null && (flag.strict ? !value.equals(NO) : value.equals(YES))) {
      if (!(value instanceof Text names && names(flag, names.text()))) {
        flags.add(flag);
      }
    }
    return true;
  }

  private static @Nullable Time time(String name) {
    return switch (name) {
      case "max-age" -> Time.MAX_AGE;
      case "s-maxage" -> Time.S_MAXAGE;
      case "stale-while-revalidate" -> Time.STALE_WHILE_REVALIDATE;
      case "stale-if-error" -> Time.STALE_IF_ERROR;
      case "max-stale" -> Time.MAX_STALE;
      case "min-fresh" -> Time.MIN_FRESH;
      default -> null;
    };
  }

  private static @Nullable Flag flag(String name) {
    return switch (name) {
      case "no-store" -> Flag.NO_STORE;
      case "no-cache" -> Flag.NO_CACHE;
      case "private" -> Flag.PRIVATE;
      case "public" -> Flag.PUBLIC;
      case "must-revalidate" -> Flag.MUST_REVALIDATE;
      case "proxy-revalidate" -> Flag.PROXY_REVALIDATE;
      case "must-understand" -> Flag.MUST_UNDERSTAND;
      case "no-transform" -> Flag.NO_TRANSFORM;
      case "immutable" -> Flag.IMMUTABLE;
      case "only-if-cached" -> Flag.ONLY_IF_CACHED;
      default -> null;
    };
  }

  /** Whether the directive is for these fields only (§5.2.2.4, §5.2.2.7). */
  private boolean names(Flag flag, String list) {
    if (flag != Flag.NO_CACHE && flag != Flag.PRIVATE) {
      return false;
    }
    Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    for (String name : list.split(",", -1)) {
      String stripped = name.strip();
      if (!stripped.isEmpty() && !Token.is(stripped)) {
        return false; // it says something that we can't read: for all of the message
      }
      names.add(stripped);
    }
    names.remove("");
    if (names.isEmpty()) {
      return false;
    }
    if (flag == Flag.NO_CACHE) {
      names.addAll(noCacheFields);
      noCacheFields = names;
    } else {
      names.addAll(privateFields);
      privateFields = names;
    }
    return true;
  }

  /** delta-seconds (§1.2.2); zero for what is none. */
  private static long seconds(String digits) {
    long seconds = 0;
    for (int i = 0; i < digits.length(); i++) {
      if (!Ascii.isDigit(digits.charAt(i))) {
        return 0;
      }
      seconds = Math.min(seconds * 10 + digits.charAt(i) - '0', CacheControl.LONGEST);
    }
    return seconds;
  }
}
