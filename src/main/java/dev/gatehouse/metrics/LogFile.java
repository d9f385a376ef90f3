package dev.gatehouse.metrics;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Lines at the end of a file that others may move away. Used by one thread. */
final class LogFile implements LineSink {
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Path path;
  private final LongSupplier nanoTime;
  private @Nullable FileChannel channel;
  private @Nullable Object key; // device and inode, where there are such things
  private long lookedNanos;
  private boolean torn;

  LogFile(Path path, LongSupplier nanoTime) {
    this.path = path;
    this.nanoTime = nanoTime;
  }

  @Override
  public void write(String line) throws IOException {
    FileChannel open = channel;
    if (open == null || isMovedAway()) {
      close();
      open = open();
    }
    String whole = (torn ? "\n" : "") + line + "\n";
    ByteBuffer bytes = ByteBuffer.wrap(whole.getBytes(StandardCharsets.US_ASCII));
    try {
      while (bytes.hasRemaining()) {
        int unused = open.write(bytes);
      }
      torn = false;
    } catch (IOException e) {
      torn = torn || bytes.position() > 0; // a full disk takes half a line
      close();
      throw e;
    }
  }

  private FileChannel open() throws IOException {
    boolean pipe = Files.exists(path) && attributes().isOther();
    // a pipe for reading too: else opening it would wait for a reader, and nothing could end that
    Set<OpenOption> options = pipe ? Set.of(READ, WRITE) : Set.of(CREATE, WRITE, APPEND);
    FileChannel open = FileChannel.open(path, options);
    channel = open;
    key = attributes().fileKey();
    lookedNanos = nanoTime.getAsLong();
    return open;
  }

  private boolean isMovedAway() throws IOException {
    long now = nanoTime.getAsLong();
    if (now - lookedNanos < LOOK_NANOS) {
      return false;
    }
    lookedNanos = now;
    try {
      return !Objects.equals(key, attributes().fileKey());
    } catch (NoSuchFileException e) {
      return true;
    }
  }

  private BasicFileAttributes attributes() throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class);
  }

  @Override
  public void close() {
    FileChannel open = channel;
    channel = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        torn = true; // some file systems only now say that a write has failed
      }
    }
  }
}
