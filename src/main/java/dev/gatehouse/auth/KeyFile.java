package dev.gatehouse.auth;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of a file that may change, together with the fixed ones.
 *
 * <p>One thread loads and refreshes; any may ask for the current keys.
 */
public final class KeyFile {
  private static final Logger log = LoggerFactory.getLogger(KeyFile.class);
  private static final long MAX_BYTES = 1 << 20;

  /** What tells one content from the next. */
  private record Stamp(FileTime modified, long size) {}

  private final Path path;
  private final ApiKeys fixed;
  private volatile ApiKeys current;
  private Optional<Stamp> seen = Optional.empty();
  private Optional<String> trouble = Optional.empty();

  /**
   * Reads nothing yet.
   *
   * @param fixed the keys that are valid whatever the file says
   */
  public KeyFile(Path path, ApiKeys fixed) {
    this.path = path;
    this.fixed = fixed;
    this.current = fixed;
  }

  /** The keys last read without a problem, and the fixed ones. */
  public ApiKeys current() {
    return current;
  }

  /** Reads the file for the first time; with problems, the start should fail with all of them. */
  public KeyLines load() {
    try {
      return take(stamp());
    } catch (IOException e) {
      return new KeyLines(fixed, List.of(path + " " + reason(e)), List.of());
    }
  }

  /**
   * Reads the file again if its time or size has changed, and logs what is wrong, once per change.
   *
   * @return whether there are new keys
   */
  public boolean refresh() {
    try {
      Stamp stamp = stamp();
      if (seen.equals(Optional.of(stamp))) {
        return false;
      }
      return tell(take(stamp));
    } catch (IOException e) {
      String reason = reason(e);
      if (!trouble.equals(Optional.of(reason))) {
        log.warn("The key file {} {}; the keys stay as they were", path, reason);
      }
      trouble = Optional.of(reason);
      seen = Optional.empty(); // whatever comes back is read
      return false;
    }
  }

  /** The stamp was taken before the content, so a write in between is noticed next time. */
  private KeyLines take(Stamp stamp) throws IOException {
    KeyLines read = read(stamp);
    seen = Optional.of(stamp);
    trouble = Optional.empty();
    if (read.problems().isEmpty()) {
      current = read.keys();
    }
    return read;
  }

  private KeyLines read(Stamp stamp) throws IOException {
    if (stamp.size() == 0 || stamp.size() > MAX_BYTES) {
      String problem = path + (stamp.size() == 0 ? " is empty" : " is larger than 1 MiB");
      return new KeyLines(fixed, List.of(problem), List.of());
    }
    String text = Files.readString(path, StandardCharsets.UTF_8);
    List<String> lines = (text.startsWith("\uFEFF") ? text.substring(1) : text).lines().toList();
    KeyLines read = KeyLines.parse(path.toString(), lines, fixed);
    List<String> notes = new ArrayList<>(read.notes());
    if (worldReadable()) {
      notes.add(path + " can be read by every user of this machine; better: chmod 640");
    }
    return new KeyLines(read.keys(), read.problems(), notes);
  }

  private boolean tell(KeyLines read) {
    read.problems().forEach(problem -> log.warn("Key file not taken over: {}", problem));
    if (!read.problems().isEmpty()) {
      return false;
    }
    read.notes().forEach(note -> log.warn("{}", note));
    log.info("The key file {} was read: {} keys in all", path, current.size());
    return true;
  }

  private Stamp stamp() throws IOException {
    var attributes = Files.readAttributes(path, BasicFileAttributes.class);
    return new Stamp(attributes.lastModifiedTime(), attributes.size());
  }

  private boolean worldReadable() throws IOException {
    try {
      return Files.getPosixFilePermissions(path).contains(PosixFilePermission.OTHERS_READ);
    } catch (UnsupportedOperationException e) { // not a POSIX file system
      return false;
    }
  }

  private static String reason(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "does not exist";
    }
    return e instanceof CharacterCodingException
        ? "is not UTF-8"
        : "cannot be read (" + e.getClass().getSimpleName() + ")";
  }
}
