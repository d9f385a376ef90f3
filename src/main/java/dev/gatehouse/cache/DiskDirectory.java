package dev.gatehouse.cache;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * A directory of our own below the one that the operator names, for nobody else to read or write:
 * theirs may hold other things, and its mode is theirs.
 */
public final class DiskDirectory {
  private static final String OWN = "gatehouse-cache";
  private static final Set<PosixFilePermission> OURS_ALONE =
      PosixFilePermissions.fromString("rwx------");

  private DiskDirectory() {}

  /** What is wrong with it, in an operator's words; if nothing, it is there afterwards. */
  public static Optional<String> problem(Path parent) {
    if (Files.exists(parent) && !Files.isDirectory(parent)) {
      return Optional.of("is not a directory");
    }
    try {
      Path own = made(parent);
      return Files.isWritable(own) ? Optional.empty() : Optional.of("is not writable");
    } catch (IOException e) {
      return Optional.of("can't be made or is not ours (" + e.getClass().getSimpleName() + ")");
    }
  }

  static Path made(Path parent) throws IOException {
    boolean posix = parent.getFileSystem().supportedFileAttributeViews().contains("posix");
    if (!Files.isDirectory(parent)) {
      make(parent, posix);
    }
    Path own = parent.resolve(OWN);
    if (!Files.exists(own, LinkOption.NOFOLLOW_LINKS)) {
      make(own, posix);
    }
    if (!Files.isDirectory(own, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileSystemException(own.toString(), null, "not a directory");
    }
    if (posix && !OURS_ALONE.equals(Files.getPosixFilePermissions(own))) {
      Files.setPosixFilePermissions(own, OURS_ALONE); // only its owner can
    }
    return own;
  }

  private static void make(Path directory, boolean posix) throws IOException {
    if (posix) {
      Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(OURS_ALONE));
    } else {
      Files.createDirectories(directory);
    }
  }
}
