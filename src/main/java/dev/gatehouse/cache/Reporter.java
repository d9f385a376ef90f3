package dev.gatehouse.cache;

import dev.gatehouse.config.CacheConfig;
import dev.gatehouse.http.Fields;
import dev.gatehouse.servlet.Head;
import java.util.List;

/** Puts what the cache did into response fields. */
final class Reporter {
  private final CacheConfig config;
  private final boolean debug;

  /**
   * @param debug whether keys are shown
   */
  Reporter(CacheConfig config, boolean debug) {
    this.config = config;
    this.debug = debug;
  }

  /**
   * The fields.
   *
   * @param key without what Vary selects by, which may be secret; empty: none
   * @param lines of Cache-Status that came from the origin
   */
  Fields of(CacheStatus status, String key, List<String> lines) {
    if (config.statusHeader().isEmpty()) {
      return Fields.of("X-Cache", status.word());
    }
    String field = (debug ? status.withKey(key) : status).after(lines);
    return Fields.of("X-Cache", status.word(), config.statusHeader().get(), field);
  }

  /** A head that is passed on: with the fields, and without tags, which are for us. */
  Head on(Head head, CacheStatus status, String key, boolean fromOrigin) {
    Fields passed = head.fields();
    List<String> lines = fromOrigin ? passed.all("Cache-Status") : List.of();
    Fields told = of(status, key, lines);
    return new Head(head.status(), passed.keep(name -> !config.isTag(name)).with(told));
  }
}
