package dev.gatehouse.config;

import dev.gatehouse.config.Name.Foreign;
import dev.gatehouse.config.Name.Known;
import dev.gatehouse.config.Name.Unknown;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** What one source gives; sources of the same rank share a layer. */
final class Layer {

  /**
   * A value as it was written.
   *
   * @param source for messages, with the name used if it is not the parameter's own
   */
  record Given(Known name, String source, String raw) {
    @Override
    public String toString() {
      return source; // the raw value may be a secret
    }
  }

  private final List<Given> all = new ArrayList<>();
  private final Report report;

  Layer(Report report) {
    this.report = report;
  }

  /**
   * Adds the entries of a source that have a value: a blank one counts as not given.
   *
   * @param label such as {@code system property}
   */
  Layer add(String label, Map<String, String> entries, Function<String, Name> meaning) {
    new TreeMap<>(entries).forEach((name, raw) -> add(label, name, raw, meaning.apply(name)));
    return this;
  }

  private void add(String label, String name, String raw, Name meaning) {
    if (meaning instanceof Known known) {
      String own = known.parameter().name();
      String source = name.equals(own) ? label : label + " " + name;
      if (raw.isBlank()) {
        return;
      }
      all.add(new Given(known, source, raw));
      if (known.alias()) {
        report.note(source + " is read as " + own);
      }
    } else if (meaning instanceof Unknown unknown) {
      report.problem(new Problem(label, name, "", unknown.reason()));
    } else if (meaning instanceof Foreign foreign && !foreign.note().isEmpty()) {
      report.note(label + " " + name + " " + foreign.note());
    }
  }

  /** All parameters that it has values of. */
  Stream<Parameter> parameters() {
    return all.stream().map(given -> given.name().parameter());
  }

  /** What counts for a parameter: what is meant for this instance beats the plain name. */
  List<Given> of(Parameter parameter) {
    List<Given> given = all.stream().filter(g -> g.name().parameter().equals(parameter)).toList();
    List<Given> specific = given.stream().filter(g -> g.name().specific()).toList();
    return specific.isEmpty() ? given : specific;
  }
}
