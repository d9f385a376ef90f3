package dev.gatehouse.cache;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * Whether what is on disk is what was left there. Ehcache tells by a file of its own that it was
 * closed; that its index is the same, the hash that we leave beside it. Without the one or the
 * other Ehcache is to begin anew: it does so, under its lock, where its file is missing.
 */
final class DiskSeal {
  private static final List<String> SEALED =
      List.of("ehcache-disk-store.index", "ehcache-disk-store.meta");

  private final String form;
  private final Path directory;
  private final Path closed;
  private final Path seal;

  /**
   * Over a directory.
   *
   * @param form how it is used: what was left in another way is not whole
   */
  DiskSeal(Path directory, String form) {
    this.form = form;
    this.directory = directory;
    this.closed = directory.resolve(".clean");
    this.seal = directory.resolve("seal");
  }

  /** Whether there was something that is now given up. */
  boolean breaksUnlessWhole() throws IOException {
    if (!isClosed()) {
      try (Stream<Path> there = Files.list(directory)) {
        return there.findAny().isPresent();
      }
    }
    if (Files.exists(seal) && Files.readString(seal).equals(hash())) {
      return false;
    }
    destroy();
    return true;
  }

  boolean isClosed() {
    return Files.exists(closed);
  }

  /** Nothing of it may be there again. */
  void destroy() {
    try {
      Files.deleteIfExists(closed);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** After it was closed. */
  void set() {
    try {
      Files.writeString(seal, hash());
    } catch (IOException e) {
      destroy();
      throw new UncheckedIOException(e);
    }
  }

  private String hash() throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      Path[] files = all.filter(DiskSeal::isSealed).sorted().toArray(Path[]::new);
      for (Path file : files) {
        digest.update(directory.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
        digest.update(Files.readAllBytes(file));
      }
      return form + " " + files.length + " " + HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }

  private static boolean isSealed(Path file) {
    return SEALED.contains(file.getFileName().toString());
  }
}
