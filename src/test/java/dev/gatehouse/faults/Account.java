package dev.gatehouse.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.container.ServerUnderTest;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.HdrHistogram.Histogram;

/** What came of a load: the clients' side held against the backends'. */
final class Account {
  private final String story;
  private final List<Outcome> outcomes;
  private final Ledger ledger;

  Account(String story, List<Outcome> outcomes, Ledger ledger) {
    this.story = story;
    this.outcomes = outcomes;
    this.ledger = ledger;
  }

  /** The same for the requests that were due after a moment. */
  Account since(long nanos) {
    return new Account(
        story, outcomes.stream().filter(each -> each.dueNanos() - nanos > 0).toList(), ledger);
  }

  List<Outcome> outcomes() {
    return outcomes;
  }

  long posts() {
    return outcomes.stream().filter(Outcome::post).count();
  }

  long failedGets() {
    return failed(each -> !each.post()).size();
  }

  long failedPosts() {
    return failed(Outcome::post).size();
  }

  List<Outcome> failed(Predicate<Outcome> which) {
    return outcomes.stream().filter(Outcome::failed).filter(which).toList();
  }

  /** Heads of requests at the backends for each request of a client. */
  double loadFactor() {
    return outcomes.stream().mapToInt(each -> ledger.begun(each.id())).average().orElse(0);
  }

  /** The most heads of any one request at the backends. */
  int mostTries() {
    return outcomes.stream().mapToInt(each -> ledger.begun(each.id())).max().orElse(0);
  }

  /** In milliseconds, from when a request was due. */
  double millisAt(double percentile) {
    Histogram micros = new Histogram(3);
    outcomes.forEach(each -> micros.recordValue(each.micros()));
    return micros.getValueAtPercentile(percentile) / 1000.0;
  }

  /** The absolutes: 0 in every story on every server. */
  Account isHonest() {
    assertThat(of(Outcome.Kind.CUT)).as("cut, but looks whole").isEmpty();
    assertThat(of(Outcome.Kind.FOREIGN)).as("another's answer").isEmpty();
    assertThat(sentTwice()).as("POST that reached backends twice").isEmpty();
    assertThat(lost()).as("POST answered 200, but never carried out").isEmpty();
    assertThat(ledger.garbled()).as("requests with another's body").isEmpty();
    return this;
  }

  Account failsNoGet() {
    assertThat(inWords(failed(each -> !each.post()))).as("failed GET").isEmpty();
    return this;
  }

  Account failsAtMost(long posts) {
    assertThat(inWords(failed(Outcome::post)))
        .as("failed POST")
        .hasSizeLessThanOrEqualTo((int) posts);
    return this;
  }

  private List<String> inWords(List<Outcome> some) {
    return some.stream().map(each -> each + " at " + ledger.whereabouts(each.id())).toList();
  }

  private List<String> of(Outcome.Kind kind) {
    return inWords(outcomes.stream().filter(each -> each.kind() == kind).toList());
  }

  private List<String> sentTwice() {
    return inWords(
        outcomes.stream().filter(each -> each.post() && ledger.begun(each.id()) > 1).toList());
  }

  private List<Outcome> lost() {
    return outcomes.stream()
        .filter(each -> each.post() && !each.failed() && ledger.executed(each.id()) == 0)
        .toList();
  }

  /** One line. */
  Account print(String more) {
    String server = ServerUnderTest.current().name();
    System.out.println(
        String.format(
            Locale.ROOT,
            "[fault %s] %-22s %5d requests; failed GET %d, POST %d; POST twice %d, lost %d; cut %d,"
                + " foreign %d; p50 %.1f ms, p99 %.1f ms; tries %.3f a request, at most %d%s",
            server,
            story,
            outcomes.size(),
            failedGets(),
            failedPosts(),
            sentTwice().size(),
            lost().size(),
            of(Outcome.Kind.CUT).size(),
            of(Outcome.Kind.FOREIGN).size(),
            millisAt(50),
            millisAt(99),
            loadFactor(),
            mostTries(),
            more.isEmpty() ? "" : "; " + more));
    return this;
  }
}
