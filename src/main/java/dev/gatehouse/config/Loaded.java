package dev.gatehouse.config;

import java.util.List;
import java.util.function.Function;

/**
 * A valid configuration and what the log should say about how it was read.
 *
 * @param notes one line each: aliases that were used, names that were ignored
 */
public record Loaded(ProxyConfig config, List<String> notes) {
  public Loaded {
    notes = List.copyOf(notes);
  }

  /**
   * Reads and checks everything.
   *
   * @throws ConfigException naming every problem found, not just the first
   */
  public static Loaded from(Sources sources) {
    return from(sources, config -> List.of());
  }

  /**
   * Reads and checks everything.
   *
   * @param further finds what only other parts can tell, such as a key store's wrong password
   * @throws ConfigException naming every problem found, not just the first
   */
  public static Loaded from(Sources sources, Function<ProxyConfig, List<Problem>> further) {
    var report = new Report();
    var params = new Params(Resolver.resolve(sources, report), report);
    ProxyConfig config =
        new ConfigReader(params, sources.contextPath(), sources.pseudonym()).read();
    further.apply(config).forEach(report::problem);
    report.throwIfAny();
    return new Loaded(config, report.notes());
  }
}
