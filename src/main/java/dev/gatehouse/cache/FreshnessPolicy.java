package dev.gatehouse.cache;

import dev.gatehouse.config.CacheConfig.Rules;
import dev.gatehouse.http.Age;
import dev.gatehouse.http.CacheControl;
import dev.gatehouse.http.Fields;
import dev.gatehouse.http.HttpDate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** For how long a response may be used (RFC 9111 §4.2): no clock, no I/O. */
final class FreshnessPolicy {
  private static final Duration LONGEST_GUESS = Duration.ofDays(1);
  private static final int GUESSED_SHARE = 10; // §4.2.2: a typical fraction is a tenth

  private final Rules rules;

  FreshnessPolicy(Rules rules) {
    this.rules = rules;
  }

  /**
   * Judges a response, whether or not it is stored.
   *
   * @param asked when the request was sent
   * @param received when the response came
   */
  Freshness of(
      int status, Fields response, ResponseDirectives directives, Instant asked, Instant received) {
    CacheControl control = directives.control();
    Optional<Instant> date = date(response, received);
    Duration age = initialAge(response, date, asked, received);
    Duration lifetime = lifetime(status, response, directives, date.orElse(received), received);
    boolean forbidsStale = directives.forbidsStale();
    Duration ifError = window(control.staleIfError(), rules.staleIfError(), forbidsStale);
    boolean neverOnError = control.staleIfError().isPresent() && ifError.isZero();
    return new Freshness(
        atMost(lifetime, age),
        age,
        received,
        directives.noCache(),
        forbidsStale || neverOnError,
        // what is stale as it comes would be used by a supposed window alone
        window(
            control.staleWhileRevalidate(),
            lifetime.isZero() ? Duration.ZERO : rules.staleWhileRevalidate(),
            forbidsStale),
        ifError);
  }

  /** Whether a response will surely never be fresh: nothing is stated or known to guess by. */
  boolean isNever(Fields response, ResponseDirectives directives) {
    return rules.defaultTtl().isZero()
        && !directives.statesLifetime(response)
        && directives.control().staleWhileRevalidate().isEmpty()
        && !response.has("Last-Modified");
  }

  /** RFC 9110 §6.6.1: empty if there is none that can be read, or more than one. */
  private static Optional<Instant> date(Fields response, Instant now) {
    return only(response, "Date").flatMap(text -> HttpDate.parse(text, now));
  }

  /** §4.2.3, corrected_initial_age. */
  private static Duration initialAge(
      Fields response, Optional<Instant> date, Instant asked, Instant received) {
    Duration delay = positive(Duration.between(asked, received));
    Duration value = Duration.ofSeconds(Age.parse(response.all("Age")).orElse(0));
    Duration apparent =
        date.map(sent -> positive(Duration.between(sent, received))).orElse(Duration.ZERO);
    return longer(apparent, value.plus(delay));
  }

  /** §4.2.1, freshness_lifetime: the first that is stated, then what we suppose (§4.2.2). */
  private Duration lifetime(
      int status, Fields response, ResponseDirectives directives, Instant date, Instant now) {
    CacheControl control = directives.control();
    if (control.sMaxage().isPresent()) {
      return seconds(control.sMaxage());
    }
    if (control.maxAge().isPresent()) {
      return seconds(control.maxAge());
    }
    if (directives.statesLifetime(response)) {
      // §5.3: what is no date is in the past; §4.2.1: of two, neither can be relied on
      return only(response, "Expires")
          .flatMap(text -> HttpDate.parse(text, now))
          .map(expires -> positive(Duration.between(date, expires)))
          .orElse(Duration.ZERO);
    }
    if (!control.isPublic() && !Statuses.isHeuristicallyCacheable(status)) {
      return Duration.ZERO;
    }
    return only(response, "Last-Modified")
        .flatMap(text -> HttpDate.parse(text, now))
        .map(modified -> guess(Duration.between(modified, date)))
        .orElse(rules.defaultTtl());
  }

  private static Duration guess(Duration unchanged) {
    Duration share = positive(unchanged).dividedBy(GUESSED_SHARE);
    return share.compareTo(LONGEST_GUESS) < 0 ? share : LONGEST_GUESS;
  }

  /** Counted from when it came: a far-travelled response is not used less for its age. */
  private Duration atMost(Duration lifetime, Duration age) {
    Duration most = age.plus(rules.maxTtl());
    return rules.maxTtl().isZero() || lifetime.compareTo(most) <= 0 ? lifetime : most;
  }

  private static Duration window(OptionalLong stated, Duration usual, boolean forbidden) {
    if (forbidden) {
      return Duration.ZERO;
    }
    return stated.isPresent() ? seconds(stated) : usual;
  }

  private static Optional<String> only(Fields response, String name) {
    List<String> lines = response.all(name);
    return lines.size() == 1 ? Optional.of(lines.get(0)) : Optional.empty();
  }

  private static Duration seconds(OptionalLong seconds) {
    return Duration.ofSeconds(seconds.orElseThrow());
  }

  private static Duration positive(Duration duration) {
    return duration.isNegative() ? Duration.ZERO : duration;
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}
