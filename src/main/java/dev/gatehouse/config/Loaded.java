package dev.gatehouse.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A valid configuration and what the log should say about how it was read.
 *
 * @param notes one line each: aliases that were used, names that were ignored
 * @param footprint to see later what has changed
 */
public record Loaded(ProxyConfig config, List<String> notes, Footprint footprint) {
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
    Settings settings = Resolver.resolve(sources, report);
    var params = new Params(settings, report);
    ProxyConfig config =
        new ConfigReader(params, sources.contextPath(), sources.pseudonym()).read();
    further.apply(config).forEach(report::problem);
    Duration pause = params.duration(Parameters.RELOAD, Duration.ZERO);
    report.throwIfAny();
    Optional<Path> file =
        params.given(Parameters.CONFIG).flatMap(given -> ConfigFile.outside(given.value()));
    return new Loaded(config, report.notes(), Footprint.of(file, pause, settings));
  }
}
