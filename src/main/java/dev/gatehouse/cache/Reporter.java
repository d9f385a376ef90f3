package dev.gatehouse.cache;

import dev.gatehouse.config.CacheConfig;
import dev.gatehouse.http.Fields;
import java.util.List;

/** Puts what the cache did into response fields. */
final class Reporter {
  private final CacheConfig config;

  Reporter(CacheConfig config) {
    this.config = config;
  }

  /**
   * The fields.
   *
   * @param lines of Cache-Status that came from the origin
   */
  Fields of(CacheStatus status, List<String> lines) {
    Fields fields = Fields.of("X-Cache", status.word());
    return config.statusHeader().map(name -> fields.plus(name, status.after(lines))).orElse(fields);
  }
}
