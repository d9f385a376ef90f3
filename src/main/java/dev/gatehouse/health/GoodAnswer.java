package dev.gatehouse.health;

import com.google.re2j.Pattern;
import dev.gatehouse.config.PoolConfig;
import java.util.List;
import java.util.Optional;

/** What a check takes for a good answer. Linear in the body's length, whatever the expression. */
record GoodAnswer(List<PoolConfig.StatusRange> status, Optional<Pattern> body) {

  static GoodAnswer of(PoolConfig.Health settings) {
    return new GoodAnswer(settings.status(), settings.body().map(Pattern::compile));
  }

  boolean hasStatus(int found) {
    return status.stream().anyMatch(range -> range.contains(found));
  }

  boolean wantsBody() {
    return body.isPresent();
  }

  /** Whether what is wanted is somewhere in it, as UTF-8. */
  boolean hasBody(byte[] found) {
    return body.isPresent() && body.get().matcher(found).find();
  }
}
