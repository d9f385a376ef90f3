package dev.gatehouse.config;

import dev.gatehouse.config.Layer.Given;
import dev.gatehouse.config.Name.Known;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lays the sources over each other and finds the value that counts for each parameter. */
final class Resolver {
  private static final List<String> FOR_START = List.of(Parameters.CONFIG, Parameters.INSTANCE);

  private final Sources sources;
  private final Report report;
  private final Placeholders placeholders;
  private final Map<String, Setting> given = new HashMap<>();
  private final Set<String> broken = new HashSet<>();
  private final Map<String, String> ids = new HashMap<>();

  private Resolver(Sources sources, Report report) {
    this.sources = sources;
    this.report = report;
    placeholders = new Placeholders(sources.systemProperties(), sources.environment());
  }

  static Settings resolve(Sources sources, Report report) {
    return new Resolver(sources, report).resolve();
  }

  private Settings resolve() {
    var names = new Names(instance());
    Layer system = layer().add("system property", sources.systemProperties(), names::dotted);
    Layer env = layer().add("environment variable", sources.environment(), names::environment);
    Layer init = layer();
    new TreeMap<>(sources.initParams())
        .forEach(
            (part, params) ->
                init.add("init-param of " + part, params, name -> names.initParam(part, name)));
    Layer context = layer().add("context-param", sources.contextParams(), names::dotted);

    List<Layer> forStart = List.of(system, env, context);
    FOR_START.forEach(name -> find(Parameters.named(name), forStart));
    Layer outside = layer();
    Layer inside = layer();
    Optional.ofNullable(given.get(Parameters.CONFIG))
        .flatMap(config -> ConfigFile.read(config, sources.insideWar(), report))
        .ifPresent(
            file ->
                (file.inside() ? inside : outside)
                    .add(file.label(), file.entries(), names::inFile));

    refuseForStart(List.of(init, outside, inside));
    List<Layer> all = List.of(system, env, outside, init, context, inside);
    Parameters.ALL.stream()
        .filter(parameter -> !FOR_START.contains(parameter.name()))
        .forEach(p -> find(p, all));
    Comparator<Parameter> byName = Comparator.comparing(Parameter::name);
    all.stream()
        .flatMap(Layer::parameters)
        .filter(Families::isMember)
        .collect(Collectors.toCollection(() -> new TreeSet<>(byName)))
        .forEach(p -> find(p, all));
    ids.keySet().removeIf(scope -> !hasAny(scope)); // all that names it turned out to be blank
    return new Settings(given, broken, ids);
  }

  private Layer layer() {
    return new Layer(report);
  }

  /** The instance decides what names mean, so it is read before any layer; the same order. */
  private String instance() {
    String name = Parameters.INSTANCE;
    String raw =
        Optional.ofNullable(sources.systemProperties().get(name))
            .or(() -> Optional.ofNullable(sources.environment().get("PROXY_INSTANCE")))
            .or(() -> Optional.ofNullable(sources.contextParams().get(name)))
            .orElse("");
    return placeholders.resolve(raw, new ArrayList<>()).strip();
  }

  /** Takes the highest layer that has a value; reports two values in any one layer. */
  private void find(Parameter parameter, List<Layer> layers) {
    for (Layer layer : layers) {
      List<Given> candidates = layer.of(parameter);
      if (candidates.size() > 1) {
        String reason = "also given as " + candidates.get(1).source() + "; keep one of them";
        report.problem(new Problem(candidates.get(0).source(), parameter.name(), "", reason));
      }
      candidates.forEach(candidate -> nameId(candidate.name()));
      if (!candidates.isEmpty() && !settled(parameter)) {
        take(parameter, candidates.get(0));
      }
    }
  }

  private boolean settled(Parameter parameter) {
    return given.containsKey(parameter.name()) || broken.contains(parameter.name());
  }

  private void take(Parameter parameter, Given candidate) {
    var unresolved = new ArrayList<String>();
    String value = placeholders.resolve(candidate.raw(), unresolved);
    boolean seconds =
        candidate.name().alias()
            && parameter.name().equals(CacheParameters.ALIAS_IN_SECONDS)
            && Values.isNumber(value.strip());
    var setting = new Setting(parameter, candidate.source(), seconds ? value.strip() + "s" : value);
    if (!unresolved.isEmpty()) {
      broken.add(parameter.name());
      List<String> reasons = // the text of a secret might only look like a placeholder
          parameter.secret() ? List.of("a placeholder ${...} in it is not set") : unresolved;
      reasons.forEach(reason -> report.problem(setting.problem(candidate.raw(), reason)));
    } else if (candidate.name().fromFile()) {
      read(setting);
    } else if (!setting.value().isBlank()) {
      given.put(parameter.name(), setting);
    }
  }

  private boolean hasAny(String scope) {
    return Stream.concat(given.keySet().stream(), broken.stream())
        .anyMatch(name -> name.startsWith(scope));
  }

  /** Keeps the id as it is written somewhere; the environment has capitals only. */
  private void nameId(Known name) {
    Families.scope(name.parameter())
        .ifPresent(
            scope -> {
              String plain = Families.idIn(scope);
              if (name.id().isEmpty()) {
                ids.putIfAbsent(scope, plain);
              } else {
                ids.merge(scope, name.id(), (old, id) -> old.equals(plain) ? id : old);
              }
            });
  }

  private void read(Setting path) {
    String name = path.parameter().name();
    try {
      String secret = Files.readString(Path.of(path.value().strip())).replaceFirst("\\R\\z", "");
      if (!secret.isBlank()) {
        given.put(name, new Setting(path.parameter(), path.source(), secret));
        return;
      }
      report.problem(path.problem("the file that it names is empty"));
    } catch (IOException | IllegalArgumentException e) { // the path might be the secret, by mistake
      report.problem(path.problem("the file that it names does not exist or cannot be read"));
    }
    broken.add(name);
  }

  private void refuseForStart(List<Layer> layers) {
    for (Layer layer : layers) {
      for (String name : FOR_START) {
        for (Given found : layer.of(Parameters.named(name))) {
          String reason = "must be a system property, environment variable or context-param";
          report.problem(new Problem(found.source(), name, "", reason));
        }
      }
    }
  }
}
