package dev.gatehouse.container;

import dev.gatehouse.testkit.Await;
import dev.gatehouse.testkit.Origin;
import dev.gatehouse.testkit.Script;
import dev.gatehouse.testkit.Seen;
import java.net.URI;
import java.util.List;
import java.util.function.Function;

/** A scripted backend that is always healthy while it listens; its checks are not counted. */
public final class Backend implements AutoCloseable {
  static final String HEALTH = "/health";

  private final Origin origin;

  /** One that answers requests this way. */
  public Backend(Function<Seen, Script> answers) {
    this.origin = Origin.scripted();
    answer(answers);
  }

  /** From now on answers requests this way. */
  public void answer(Function<Seen, Script> answers) {
    origin.answer(seen -> isCheck(seen) ? Script.ok("up") : answers.apply(seen));
  }

  public URI url() {
    return origin.url();
  }

  /** Host and port. */
  public String authority() {
    return origin.url().getAuthority();
  }

  /** The requests that were forwarded to it. */
  public List<Seen> requests() {
    return origin.seen().stream().filter(seen -> !isCheck(seen)).toList();
  }

  /** The one request to this target; waits for it. */
  public Seen request(String target) {
    Await.until(
        target + " at " + url(),
        () -> requests().stream().anyMatch(seen -> seen.target().equals(target)));
    return requests().stream()
        .filter(seen -> seen.target().equals(target))
        .findFirst()
        .orElseThrow();
  }

  /** Whether the connection of this number is still there. */
  public boolean isOpen(int connection) {
    return origin.isOpen(connection);
  }

  /** Those that are open now, a check's included. */
  public int openConnections() {
    return origin.openConnections();
  }

  public void stop() {
    origin.stop();
  }

  public void restart() {
    var unused = origin.restart();
  }

  @Override
  public void close() {
    origin.close();
  }

  private static boolean isCheck(Seen seen) {
    return seen.target().equals(HEALTH);
  }
}
