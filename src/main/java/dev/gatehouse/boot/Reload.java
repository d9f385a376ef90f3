package dev.gatehouse.boot;

import dev.gatehouse.config.ConfigException;
import dev.gatehouse.config.Footprint;
import dev.gatehouse.config.Loaded;
import dev.gatehouse.config.PoolConfig;
import dev.gatehouse.events.EventLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the file of {@code proxy.config}, and takes over what can change while the proxy runs.
 * One thread uses it.
 */
final class Reload {
  private static final Logger LOG = LoggerFactory.getLogger(Reload.class);

  private final Path file;
  private final Supplier<Loaded> read;
  private final Function<List<PoolConfig>, Set<String>> take;
  private final EventLog events;
  private final Footprint started;
  private Footprint current;
  private String seen;
  private String judged = ""; // so that the first look finds what changed during the start

  private Reload(
      Path file,
      Footprint started,
      Supplier<Loaded> read,
      Function<List<PoolConfig>, Set<String>> take,
      EventLog events) {
    this.file = file;
    this.read = read;
    this.take = take;
    this.events = events;
    this.started = started;
    this.current = started;
    this.seen = hash();
  }

  /**
   * Looks at the file for the first time; empty where there is none, or nobody wants it.
   *
   * @param started what runs
   * @param read reads everything anew, or throws a {@link ConfigException}
   * @param take lets pools have the backends configured now, and returns the ids of those that do
   */
  static Optional<Reload> of(
      Footprint started,
      Supplier<Loaded> read,
      Function<List<PoolConfig>, Set<String>> take,
      EventLog events) {
    return started
        .file()
        .filter(file -> !started.pause().isZero())
        .map(file -> new Reload(file, started, read, take, events));
  }

  /** Acts when the content is new and twice the same: it may still be being written. */
  void look() {
    String now = hash();
    boolean settled = now.equals(seen);
    seen = now;
    if (settled && !now.equals(judged)) {
      judged = now;
      try {
        settle(read.get());
      } catch (ConfigException e) {
        LOG.error("The changed configuration is refused, the old one stays.\n{}", e.getMessage());
        String cause = e.problems().get(0) + (e.problems().size() == 1 ? "" : ", and more");
        events.add("", "", "configuration refused", cause);
      }
    }
  }

  private void settle(Loaded next) {
    Set<String> changed = current.differences(next.footprint());
    if (changed.isEmpty()) {
      return;
    }
    SortedSet<String> left = started.differences(next.footprint());
    for (String pool : take.apply(next.config().pools())) {
      left.removeIf(name -> Footprint.listsBackends(name, pool));
    }
    current = next.footprint();
    String cause =
        String.join(", ", changed)
            + (left.isEmpty() ? "" : "; only a new deployment changes " + String.join(", ", left));
    LOG.info("Configuration reloaded: {}", cause);
    events.add("", "", "configuration reloaded", cause);
  }

  /** Of the content, as the time of a change may be too coarse to tell two; empty without one. */
  private String hash() {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
      return HexFormat.of().formatHex(digest);
    } catch (IOException e) {
      return "unreadable";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java platform has it
    }
  }
}
