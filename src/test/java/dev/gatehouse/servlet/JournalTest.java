package dev.gatehouse.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JournalTest {
  private final AtomicLong nanos = new AtomicLong(1_000);
  private final Journal journal = new Journal(nanos::get);

  @Test
  void nothingIsKnownAtFirst() {
    assertThat(journal.attempts()).isZero();
    assertThat(journal.backend()).isEmpty();
    assertThat(journal.headNanos()).isEmpty();
    assertThat(journal.bytesIn()).isZero();
    assertThat(journal.bytesOut()).isEmpty();
    assertThat(journal.status(200)).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({"200, ANSWERED", "404, ANSWERED", "503, ANSWERED"})
  void aBackendsAnswerIsAnAnswerWhateverItsStatus(int status, Outcome outcome) {
    journal.attempt(1, "b1");
    journal.answeredByBackend();
    assertThat(journal.outcome(status)).isEqualTo(outcome);
  }

  @ParameterizedTest
  @CsvSource({"200, ANSWERED", "302, ANSWERED", "400, REFUSED", "499, REFUSED", "500, FAILED"})
  void ourOwnAreJudgedByTheirs(int status, Outcome outcome) {
    assertThat(journal.outcome(status)).isEqualTo(outcome);
    journal.answeredByUs(status, 10);
    assertThat(journal.outcome(status)).isEqualTo(outcome);
    assertThat(journal.status(200)).isEqualTo(status);
  }

  @Test
  void whatTheContainerAnswersForUsHasNoSizeThatWeKnow() {
    journal.answeredByContainer(500);
    assertThat(journal.status(200)).isEqualTo(500);
    assertThat(journal.outcome(500)).isEqualTo(Outcome.FAILED);
    assertThat(journal.bytesOut()).isEmpty();
  }

  @Test
  void anOwnAnswerReplacesABackendsThatHasNotGoneOut() {
    journal.answeredByBackend();
    journal.sent(7);
    journal.answeredByUs(502, 30);
    assertThat(journal.outcome(502)).isEqualTo(Outcome.FAILED);
    assertThat(journal.bytesOut()).hasValue(30);
  }

  @Test
  void whatIsNotedFirstOfTheEndCounts() {
    journal.clientGone();
    journal.brokenOff();
    assertThat(journal.outcome(200)).isEqualTo(Outcome.CLIENT_GONE);
    journal.clientFailed(true);
    Journal other = new Journal(nanos::get);
    other.clientFailed(false);
    other.brokenOff();
    other.clientFailed(true);
    assertThat(other.outcome(200)).isEqualTo(Outcome.BROKEN);
  }

  @Test
  void timesCountFromTheBeginning() {
    nanos.addAndGet(50);
    journal.answeredByBackend();
    nanos.addAndGet(25);
    assertThat(journal.headNanos()).hasValue(50);
    assertThat(journal.elapsedNanos()).isEqualTo(75);
  }

  @Test
  void bytesAreCounted() {
    journal.answeredByBackend();
    assertThat(journal.bytesOut()).hasValue(0);
    journal.sent(5);
    journal.sent(6);
    journal.receives(() -> 9);
    assertThat(journal.bytesOut()).hasValue(11);
    assertThat(journal.bytesIn()).isEqualTo(9);
  }

  @Test
  void theLastBackendIsNamed() {
    journal.attempt(1, "b1");
    journal.attempt(2, "b2");
    assertThat(journal.attempts()).isEqualTo(2);
    assertThat(journal.backend()).contains("b2");
  }
}
