package dev.gatehouse.config;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.gatehouse.config.PoolConfig.Breaker;
import dev.gatehouse.config.PoolConfig.Field;
import dev.gatehouse.config.PoolConfig.Health;
import dev.gatehouse.config.PoolConfig.Passive;
import dev.gatehouse.config.PoolConfig.StatusRange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads how a pool's backends are watched. */
final class HealthReader {
  private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(100);

  private final Params params;
  private final String scope;

  HealthReader(Params params, String scope) {
    this.params = params;
    this.scope = scope;
  }

  Health read() {
    String intervalName = scope + "health.interval";
    Duration interval = params.duration(intervalName, SHORTEST_INTERVAL);
    Duration down =
        params.given(scope + "health.downInterval").isPresent()
            ? params.duration(scope + "health.downInterval", SHORTEST_INTERVAL)
            : interval;
    return new Health(
        params.requiredText(scope + "health.path", Syntax::isPath),
        interval,
        down,
        timeout(intervalName, interval),
        params.number(scope + "health.maxFailures", 1, 100),
        params.number(scope + "health.minSuccesses", 1, 100),
        status(),
        body(),
        headers());
  }

  private Duration timeout(String intervalName, Duration interval) {
    String name = scope + "health.timeout";
    Duration timeout = params.duration(name, Params.SHORTEST);
    if (timeout.compareTo(interval) <= 0) {
      return timeout;
    }
    boolean chosen = params.given(name).isPresent();
    if (chosen && params.sound(name) && params.sound(intervalName)) {
      params.refuse(
          name,
          "must not be longer than "
              + params.setting(intervalName).parameter().name()
              + ", which is "
              + Values.text(interval));
    }
    return interval;
  }

  private List<StatusRange> status() {
    Setting setting = params.setting(scope + "health.status");
    var ranges = new ArrayList<StatusRange>();
    for (String entry : Params.list(setting)) {
      int dash = entry.indexOf('-');
      Optional<Integer> first = status(dash < 0 ? entry : entry.substring(0, dash));
      Optional<Integer> last = status(entry.substring(dash + 1));
      if (first.isEmpty() || last.isEmpty() || first.get() > last.get()) {
        params.refuse(setting, entry, Kind.RANGES.wanted());
      } else {
        ranges.add(new StatusRange(first.get(), last.get()));
      }
    }
    return ranges;
  }

  private static Optional<Integer> status(String text) {
    return Values.number(text.strip()).filter(n -> n >= 100 && n <= 599);
  }

  private Optional<String> body() {
    String name = scope + "health.body";
    Optional<String> pattern = params.text(name, text -> true);
    try {
      pattern.ifPresent(Pattern::compile);
    } catch (PatternSyntaxException e) {
      params.refuse(name, Kind.REGEX.wanted() + ": " + e.getDescription());
    }
    return pattern;
  }

  private List<Field> headers() {
    Setting setting = params.setting(scope + "health.headers");
    var fields = new ArrayList<Field>();
    for (String entry : Params.list(setting)) {
      int colon = entry.indexOf(':');
      String name = entry.substring(0, Math.max(colon, 0)).strip();
      String value = entry.substring(colon + 1).strip();
      boolean good = name.equalsIgnoreCase("Host") || Syntax.isOwnField(name);
      if (!good || !value.chars().allMatch(c -> c == '\t' || (c >= 0x20 && c < 0x7f))) {
        params.refuse(setting, entry, Kind.FIELDS.wanted());
      } else {
        fields.add(new Field(name, value));
      }
    }
    return fields;
  }

  Passive passive() {
    String passive = scope + "health.passive.";
    return new Passive(
        params.number(passive + "maxFails", 0, 1000),
        params.duration(passive + "failTimeout", Params.SHORTEST),
        params.percent(passive + "maxEjected"),
        params.flag(passive + "serverErrors"));
  }

  Breaker breaker() {
    return new Breaker(
        params.percent(scope + "breaker.errorRate"),
        params.duration(scope + "breaker.openFor", Params.SHORTEST));
  }
}
