package dev.gatehouse.config;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/** Typed reads: a bad value is reported, and the default returned so that reading goes on. */
final class Params {
  /** The least time that is one. */
  static final Duration SHORTEST = Duration.ofMillis(1);

  private final Settings settings;
  private final Report report;
  private final Set<String> unsound;

  Params(Settings settings, Report report) {
    this.settings = settings;
    this.report = report;
    unsound = new HashSet<>(settings.broken());
  }

  /** What some source sets, or the default: the value is empty if there is none. */
  Setting setting(String name) {
    return given(name).orElseGet(() -> fallback(name));
  }

  /** What some source sets for it, or for the parameter that counts instead. */
  Optional<Setting> given(String name) {
    return Optional.ofNullable(settings.given().get(name))
        .or(() -> Parameters.named(name).general().flatMap(this::given));
  }

  /** Whether a source sets this very parameter, be the value of use or not. */
  boolean isSet(String name) {
    return settings.given().containsKey(name) || settings.broken().contains(name);
  }

  /**
   * The ids that names have after this start: as names have them, and as they were first written.
   */
  SortedMap<String, String> ids(String family) {
    var ids = new TreeMap<String, String>();
    settings.ids().entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(family))
        .forEach(entry -> ids.put(Families.idIn(entry.getKey()), entry.getValue()));
    return ids;
  }

  /** Whether nothing is wrong with it so far; what is wrong should be reported only once. */
  boolean sound(String name) {
    return !unsound.contains(name) && !unsound.contains(setting(name).parameter().name());
  }

  boolean missing(String name) {
    return sound(name) && given(name).isEmpty();
  }

  void refuse(String name, String reason) {
    refuse(setting(name), setting(name).value(), reason);
  }

  /**
   * @param part what is wrong in a value that is a list
   */
  void refuse(Setting setting, String part, String reason) {
    unsound.add(setting.parameter().name());
    report.problem(setting.problem(part, reason));
  }

  /** Says that something must be set. */
  void require(String name, String reason) {
    unsound.add(name);
    report.problem(new Problem("", name, "", reason));
  }

  boolean flag(String name) {
    return read(name, Values::flag);
  }

  Duration duration(String name, Duration least) {
    Duration duration = read(name, Values::duration);
    if (duration.compareTo(least) >= 0) {
      return duration;
    }
    String hint =
        Values.isNumber(setting(name).value())
            ? "; a bare number is milliseconds: write 10s for ten seconds"
            : "";
    refuse(name, "must be " + Values.text(least) + " or more" + hint);
    return Values.duration(fallback(name).value()).orElseThrow();
  }

  int number(String name, int least, int most) {
    return read(
        name,
        text -> Values.number(text).filter(n -> n >= least && n <= most),
        "write a whole number from " + least + " to " + most);
  }

  int size(String name) {
    return read(name, text -> Values.size(text).filter(n -> n > 0));
  }

  /** Bytes; zero: no limit. */
  long limit(String name) {
    return read(name, Values::limit);
  }

  /** Bytes that an array can hold; zero: none. */
  int boundedSize(String name) {
    return read(name, Values::size);
  }

  /** From 0 to 100, with or without the sign. */
  int percent(String name) {
    return read(
        name,
        text -> {
          String number = text.endsWith("%") ? text.substring(0, text.length() - 1) : text;
          return Values.number(number.strip()).filter(n -> n <= 100);
        });
  }

  /** A text that must pass a check; empty if not set. */
  Optional<String> text(String name, Predicate<String> check) {
    String text = read(name, t -> Optional.of(t).filter(v -> v.isEmpty() || check.test(v)));
    return Optional.of(text).filter(t -> !t.isEmpty());
  }

  /** A text that must pass a check and has a default. */
  String requiredText(String name, Predicate<String> check) {
    return text(name, check).orElseThrow();
  }

  /** One of the words, whatever its case. */
  String word(String name, List<String> words) {
    return read(
        name,
        text -> words.stream().filter(word -> word.equalsIgnoreCase(text)).findAny(),
        "write " + String.join(" or ", words));
  }

  <E extends Enum<E>> E choice(String name, Class<E> type) {
    E[] all = type.getEnumConstants();
    var words = Arrays.stream(all).map(e -> e.name().toLowerCase(Locale.ROOT)).toList();
    return all[words.indexOf(word(name, words))];
  }

  /** Those of the words that are listed, in that order. */
  List<String> words(String name, List<String> words) {
    Setting setting = setting(name);
    var listed =
        list(setting).stream()
            .flatMap(
                text -> {
                  var known = words.stream().filter(word -> word.equalsIgnoreCase(text)).toList();
                  if (known.isEmpty()) {
                    refuse(setting, text, "write a list of " + String.join(", ", words));
                  }
                  return known.stream();
                })
            .distinct()
            .toList();
    return sound(name) ? listed : list(fallback(name));
  }

  /** The entries of a list: what stands between commas and line ends, without blank ones. */
  static List<String> list(Setting setting) {
    return Arrays.stream(setting.value().split("[,\r\n]", -1))
        .map(String::strip)
        .filter(entry -> !entry.isEmpty())
        .toList();
  }

  /** Addresses and ranges of them. */
  List<Cidr> ranges(String name) {
    Setting setting = setting(name);
    var ranges = new ArrayList<Cidr>();
    for (String entry : list(setting)) {
      try {
        ranges.add(Cidr.parse(entry));
      } catch (IllegalArgumentException e) {
        refuse(setting, entry, e.getMessage() + ": " + Kind.ADDRESSES.wanted());
      }
    }
    return ranges;
  }

  Optional<Secret> secret(String name) {
    return given(name).map(setting -> new Secret(setting.value()));
  }

  List<Secret> secrets(String name) {
    return list(setting(name)).stream().map(Secret::new).toList();
  }

  /** A file that is there and can be read. */
  Optional<Path> file(String name) {
    Optional<Setting> given = given(name);
    try {
      Optional<Path> path = given.map(setting -> Path.of(setting.value()));
      if (path.isPresent() && !Files.isRegularFile(path.get())) {
        refuse(name, "there is no such file");
      } else if (path.isPresent() && !Files.isReadable(path.get())) {
        refuse(name, "the file may not be read by the user that runs the server");
      }
      return path;
    } catch (InvalidPathException e) {
      refuse(name, Kind.FILE.wanted());
      return Optional.empty();
    }
  }

  private <T> T read(String name, Function<String, Optional<T>> parser) {
    return read(name, parser, Parameters.named(name).kind().wanted());
  }

  private <T> T read(String name, Function<String, Optional<T>> parser, String wanted) {
    Optional<T> value = parser.apply(setting(name).value());
    if (value.isPresent()) {
      return value.get();
    }
    refuse(name, wanted);
    return parser.apply(fallback(name).value()).orElseThrow();
  }

  private static Setting fallback(String name) {
    Parameter parameter = Parameters.named(name);
    return parameter
        .general()
        .map(Params::fallback)
        .orElseGet(() -> new Setting(parameter, "default", parameter.defaultText()));
  }
}
