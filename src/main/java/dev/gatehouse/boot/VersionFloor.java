package dev.gatehouse.boot;

import java.lang.Runtime.Version;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The oldest containers and Java on which what we promise holds: tables, to be looked through at
 * each release. Below them the container's parser, or Java's, errs before we see anything.
 */
final class VersionFloor {
  private static final Version JAVA_17 = Version.parse("17.0.3");
  private static final Version JAVA_18 = Version.parse("18.0.1");

  /**
   * A container whose faults we know.
   *
   * @param mark stands before the version in what the container says of itself
   * @param floors the first sound version of each line; lines after the last one are sound
   */
  private record Product(String name, String mark, String fault, List<Level> floors) {
    boolean isSound(Level level) {
      for (Level floor : floors) {
        if (level.major() == floor.major() && level.minor() == floor.minor()) {
          return level.patch() >= floor.patch();
        }
      }
      Level last = floors.get(floors.size() - 1);
      return level.major() > last.major()
          || (level.major() == last.major() && level.minor() > last.minor());
    }
  }

  private static final List<Product> PRODUCTS =
      List.of(
          new Product(
              "Jetty",
              "jetty/",
              "CVE-2026-19203", // its chunks; mended in 12.1 by 12.1.12
              List.of(new Level(12, 0, 39), new Level(12, 1, 12))),
          new Product(
              "Tomcat",
              "Apache Tomcat/",
              "CVE-2026-24880", // chunk extensions
              List.of(new Level(10, 1, 53), new Level(11, 0, 20))),
          new Product(
              "Undertow",
              " - ", // behind WildFly's own version
              "CVE-2026-28367, CVE-2026-28368, CVE-2026-28369", // 2.3.24 and 2.4.0 have them too
              List.of(new Level(2, 3, 25), new Level(2, 4, 1))));

  private VersionFloor() {}

  /**
   * What an operator should know of the container; empty for a sound one, and for one that we do
   * not know.
   *
   * @param serverInfo what {@code ServletContext.getServerInfo} says
   */
  static Optional<String> warning(String serverInfo) {
    for (Product product : PRODUCTS) {
      int mark = serverInfo.lastIndexOf(product.mark());
      Optional<Level> level =
          mark < 0
              ? Optional.empty()
              : Level.of(serverInfo.substring(mark + product.mark().length()));
      if (level.isPresent()) {
        return level.filter(found -> !product.isSound(found)).map(found -> text(product, found));
      }
    }
    return Optional.empty();
  }

  /** Why this Java must not run us; empty: it may. */
  static Optional<String> refusal(Version java) {
    boolean sound = java.compareTo(java.feature() < 18 ? JAVA_17 : JAVA_18) >= 0;
    return sound
        ? Optional.empty()
        : Optional.of(
            "Java "
                + java
                + " takes forged signatures for good ones (CVE-2022-21449), so that TLS proves"
                + " nothing: run 17.0.3, 18.0.1 or later");
  }

  private static String text(Product product, Level found) {
    return product.floors().stream()
        .map(Level::toString)
        .collect(
            Collectors.joining(
                ", ",
                product.name()
                    + " "
                    + found
                    + " can be made to take one request for two ("
                    + product.fault()
                    + "): run ",
                " or later."));
  }
}
