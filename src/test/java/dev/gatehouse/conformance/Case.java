package dev.gatehouse.conformance;

import dev.gatehouse.testkit.Script;
import dev.gatehouse.testkit.Seen;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * A row of the catalogue: what a client sends, what the backend answers, and what must come of it.
 * Immutable; each method returns a fuller row.
 *
 * @param id as in the catalogue
 * @param what the stimulus in words
 * @param differences where a server is different by nature, and what holds there instead
 */
record Case(
    String id,
    String what,
    Sent sent,
    Function<Seen, Script> backend,
    Requirement required,
    List<Difference> differences) {

  /** What must hold, in words and as assertions. */
  record Requirement(String words, Check check) {}

  /**
   * What holds on some servers instead of the requirement.
   *
   * @param reason why it is not ours to change
   */
  record Difference(Set<String> servers, String reason, Check check) {}

  /** Assertions on what came of a row. */
  @FunctionalInterface
  interface Check {
    void on(Outcome outcome) throws Exception;
  }

  /** A GET with a key, answered 200, of which nothing is required yet. */
  static Case of(String id, String what) {
    return new Case(
        id,
        what,
        new Sent("GET", List.of(), "", true),
        seen -> Script.ok("backend"),
        new Requirement("nothing", outcome -> {}),
        List.of());
  }

  /** More header lines of the request. */
  Case lines(String... more) {
    return with(sent.lines(List.of(more)));
  }

  Case method(String method) {
    return with(new Sent(method, sent.lines(), sent.body(), sent.keyed()));
  }

  /** POST with this body, framed by the lines. */
  Case post(String body, String... lines) {
    return with(new Sent("POST", List.of(lines), body, sent.keyed()));
  }

  Case withoutKey() {
    return with(new Sent(sent.method(), sent.lines(), sent.body(), false));
  }

  Case answered(Script script) {
    return answered(seen -> script);
  }

  Case answered(Function<Seen, Script> answers) {
    return new Case(id, what, sent, answers, required, differences);
  }

  /** The backend's bytes, all of them; then the connection is left open. */
  Case answered(String bytes) {
    return answered(Script.raw(bytes));
  }

  Case must(String words, Check check) {
    return new Case(id, what, sent, backend, new Requirement(words, check), differences);
  }

  /** The servers of a known difference, its reason, and what is asserted there. */
  Case except(Set<String> servers, String reason, Check check) {
    List<Difference> more = new ArrayList<>(differences);
    more.add(new Difference(servers, reason, check));
    return new Case(id, what, sent, backend, required, List.copyOf(more));
  }

  private Case with(Sent other) {
    return new Case(id, what, other, backend, required, differences);
  }

  /** What is asserted on this server. */
  Check checkOn(String server) {
    return differences.stream()
        .filter(difference -> difference.servers().contains(server))
        .findFirst()
        .map(Difference::check)
        .orElse(required.check());
  }

  /** In a test's display name. */
  @Override
  public String toString() {
    return id + " " + what + ": " + required.words();
  }
}
