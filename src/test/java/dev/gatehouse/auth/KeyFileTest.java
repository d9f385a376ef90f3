package dev.gatehouse.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.LogLines;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFileTest {
  private static final Instant NOW = Instant.parse("2026-06-15T12:00:00Z");
  private static final String SECRET = "secret-of-sixteen";
  private static final String HASHED = "{sha256}" + "0123456789abcdef".repeat(4);

  private final ApiKeys fixed =
      KeyLines.parse("fixed", List.of("fixed:fixed-and-long-enough"), ApiKeys.NONE).keys();
  private final LogLines log = new LogLines(KeyFile.class);
  private int writes;
  private Path path;
  private KeyFile file;

  @BeforeEach
  void place(@TempDir Path folder) {
    path = folder.resolve("keys.txt");
    file = new KeyFile(path, fixed);
  }

  @AfterEach
  void releaseLog() {
    log.close();
  }

  @Test
  void itsKeysAreAddedToTheFixedOnes() throws IOException {
    write("# ours\r\n\r\na:" + HASHED + "\r\nb:" + SECRET + ";scopes=admin\r\n");
    assertThat(file.load().problems()).isEmpty();
    assertThat(file.current().ids()).containsExactly("fixed", "a", "b");
    assertThat(file.current().find(SECRET, NOW).orElseThrow().scopes())
        .containsExactly(Scope.ADMIN);
  }

  @Test
  void aByteOrderMarkIsSkipped() throws IOException {
    write("\uFEFFa:" + HASHED);
    assertThat(file.load().problems()).isEmpty();
  }

  @Test
  void aMissingFileIsAProblemAtTheStart() {
    assertThat(file.load().problems()).containsExactly(path + " does not exist");
    assertThat(file.current().ids()).containsExactly("fixed");
  }

  @Test
  void aBrokenFileIsAProblemAtTheStart() throws IOException {
    write("a:" + HASHED + "\nfixed:" + SECRET + "\n" + SECRET);
    assertThat(file.load().problems())
        .containsExactly(
            path + " line 2 (fixed): the id is used twice",
            path + " line 3: not of the form id:key");
    assertThat(file.current().ids()).containsExactly("fixed");
  }

  @Test
  void anEmptyOrHugeOrBinaryFileIsAProblem() throws IOException {
    write("");
    assertThat(file.load().problems()).containsExactly(path + " is empty");
    write("#".repeat((1 << 20) + 1));
    assertThat(file.load().problems()).containsExactly(path + " is larger than 1 MiB");
    Files.write(path, new byte[] {(byte) 0xC3, (byte) 0x28});
    assertThat(file.load().problems()).containsExactly(path + " is not UTF-8");
    Files.delete(path);
    Files.createDirectory(path);
    assertThat(file.load().problems()).singleElement().asString().contains(path.toString());
  }

  @Test
  void aFileThatOthersCanReadIsNoted() throws IOException {
    Assumptions.assumeTrue(
        FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
    write("a:" + HASHED);
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(file.load().notes()).singleElement().asString().contains("every user");
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r-----"));
    assertThat(file.load().notes()).isEmpty();
  }

  @Test
  void anUnchangedFileIsNotReadAgain() throws IOException {
    write("a:" + HASHED);
    file.load();
    ApiKeys before = file.current();
    assertThat(file.refresh()).isFalse();
    assertThat(file.current()).isSameAs(before);
    assertThat(log.lines()).isEmpty();
  }

  @Test
  void aChangedFileIsTakenOver() throws IOException {
    write("a:" + HASHED);
    file.load();
    write("b:" + HASHED);
    assertThat(file.refresh()).isTrue();
    assertThat(file.refresh()).isFalse();
    assertThat(file.current().ids()).containsExactly("fixed", "b");
    assertThat(log.lines()).contains("INFO The key file " + path + " was read: 2 keys in all");
  }

  @Test
  void aFileOfCommentsTakesAllItsKeysAway() throws IOException {
    write("a:" + HASHED);
    file.load();
    write("# none");
    assertThat(file.refresh()).isTrue();
    assertThat(file.current().ids()).containsExactly("fixed");
  }

  @Test
  void aBrokenChangeKeepsTheOldKeysAndIsLoggedOncePerChange() throws IOException {
    write("a:" + HASHED);
    file.load();
    write("b:" + SECRET + "\n" + SECRET);
    assertThat(file.refresh()).isFalse();
    assertThat(file.refresh()).isFalse();
    String line = "WARNING Key file not taken over: " + path + " line 2: not of the form id:key";
    assertThat(log.lines()).containsExactly(line);
    write("c:" + SECRET + "\n" + SECRET);
    assertThat(file.refresh()).isFalse();
    assertThat(log.lines()).containsExactly(line, line);
    assertThat(file.current().ids()).containsExactly("fixed", "a");
    write("b:" + SECRET);
    assertThat(file.refresh()).isTrue();
    assertThat(String.join("\n", log.lines())).doesNotContain(SECRET).doesNotContain(HASHED);
  }

  @Test
  void aFileThatGoesAwayKeepsTheOldKeysAndIsLoggedOnce() throws IOException {
    write("a:" + HASHED);
    file.load();
    Files.delete(path);
    assertThat(file.refresh()).isFalse();
    assertThat(file.refresh()).isFalse();
    String gone = "WARNING The key file " + path + " does not exist; the keys stay as they were";
    assertThat(log.lines()).containsExactly(gone);
    assertThat(file.current().ids()).containsExactly("fixed", "a");
    write("b:" + HASHED);
    assertThat(file.refresh()).isTrue();
    Files.delete(path);
    assertThat(file.refresh()).isFalse();
    assertThat(log.lines()).filteredOn(gone::equals).hasSize(2);
  }

  /** Each write has a time of its own, whatever the file system's granularity. */
  private void write(String text) throws IOException {
    Files.writeString(path, text);
    Files.setLastModifiedTime(path, FileTime.from(NOW.plusSeconds(++writes)));
    if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
    }
  }
}
