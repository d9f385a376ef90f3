package dev.gatehouse.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Directory trees as a whole. */
final class Directories {
  private Directories() {}

  /** Copies a tree over another, keeping what the other has besides. */
  static void copy(Path from, Path to) throws IOException {
    for (Path source : list(from)) {
      Path target = to.resolve(from.relativize(source));
      if (Files.isDirectory(source)) {
        Files.createDirectories(target);
      } else {
        Files.copy(source, target, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  static void delete(Path directory) throws IOException {
    if (Files.exists(directory)) {
      for (Path path : list(directory).stream().sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private static List<Path> list(Path directory) throws IOException {
    try (Stream<Path> paths = Files.walk(directory)) {
      return paths.toList();
    }
  }
}
