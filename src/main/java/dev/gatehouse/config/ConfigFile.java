package dev.gatehouse.config;

import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The file that {@code proxy.config} names.
 *
 * @param inside whether it lies in the WAR, and so has the lowest rank
 */
record ConfigFile(String label, boolean inside, Map<String, String> entries) {
  private static final String WEB_INF = "/WEB-INF/";

  /** Empty after a problem. */
  static Optional<ConfigFile> read(
      Setting config, Function<String, Optional<String>> insideWar, Report report) {
    String place = config.value();
    if (!place.endsWith(".properties")) {
      report.problem(config.problem("must end in .properties"));
      return Optional.empty();
    }
    try {
      boolean inside = place.startsWith(WEB_INF);
      String text =
          inside
              ? insideWar.apply(place).orElseThrow(() -> new NoSuchFileException(place))
              : Files.readString(path(place));
      var file = new ConfigFile("file " + place, inside, new HashMap<>());
      new Entries(file, report).load(new StringReader(text));
      return Optional.of(file);
    } catch (NoSuchFileException e) {
      report.problem(config.problem("there is no such file"));
    } catch (IOException e) {
      report.problem(config.problem("cannot be read, or is not UTF-8 text"));
    } catch (IllegalArgumentException e) { // a path or URL, or \\u in the file
      report.problem(config.problem("is no path or file: URL, or the file has a bad \\u escape"));
    }
    return Optional.empty();
  }

  /** The file of a place that is good; empty: it lies in the WAR. */
  static Optional<Path> outside(String place) {
    return place.startsWith(WEB_INF) ? Optional.empty() : Optional.of(path(place));
  }

  private static Path path(String place) {
    return place.startsWith("file:") ? Path.of(URI.create(place)) : Path.of(place);
  }

  /** Hides the values: they may be secrets. */
  @Override
  public String toString() {
    return label;
  }

  /** The JDK's parser of properties, which would let a second value replace the first unseen. */
  private static final class Entries extends Properties {
    private final transient ConfigFile file;
    private final transient Report report;

    Entries(ConfigFile file, Report report) {
      this.file = file;
      this.report = report;
    }

    @Override
    public synchronized @Nullable Object put(Object key, Object value) {
      String name = key.toString();
      if (file.entries.put(name, value.toString()) != null) {
        report.problem(new Problem(file.label, name, "", "given twice; keep one of them"));
      }
      return null;
    }
  }
}
