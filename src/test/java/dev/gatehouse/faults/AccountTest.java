package dev.gatehouse.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.testkit.Origin;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.Reply;
import dev.gatehouse.testkit.Script;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is absolute is really noticed when it happens. */
class AccountTest {
  private final Ledger ledger = new Ledger();

  @Test
  void theOwnAnswerIsTakenWhole() throws IOException {
    assertThat(judged("a", Script.response(200, Payload.bytes(Payload.answer("a")))))
        .isEqualTo(Outcome.Kind.ANSWERED);
  }

  @Test
  void anAnswerThatIsCutButLooksWholeIsFoundOut() throws IOException {
    assertThat(
            judged(
                "a",
                Script.head("Transfer-Encoding: chunked")
                    .chunk(Payload.answer("a").substring(0, 100))
                    .chunk("")))
        .isEqualTo(Outcome.Kind.CUT);
  }

  @Test
  void anAnswerThatIsCutAndShowsItIsBroken() throws IOException {
    assertThat(judged("a", Script.head("Content-Length: 60000").send("answer a\n").fin()))
        .isEqualTo(Outcome.Kind.BROKEN);
  }

  @Test
  void anotherRequestsAnswerIsFoundOutInAnyPlace() throws IOException {
    String own = Payload.answer("a");
    String mixed = own.substring(0, 30_000) + Payload.answer("b").substring(30_000);
    assertThat(judged("a", Script.response(200, Payload.bytes(Payload.answer("b")))))
        .isEqualTo(Outcome.Kind.FOREIGN);
    assertThat(judged("a", Script.response(200, Payload.bytes(mixed))))
        .isEqualTo(Outcome.Kind.FOREIGN);
  }

  @Test
  void anotherStatusIsARefusal() throws IOException {
    assertThat(judged("a", Script.ofStatus(503))).isEqualTo(Outcome.Kind.REFUSED);
  }

  @Test
  void aPostThatWasCarriedOutOnceAndAnsweredIsInOrder() {
    ledger.begin("a", "here");
    ledger.execute("a", Payload.request("a", 1));
    assertThatCode(() -> account(Outcome.Kind.ANSWERED).isHonest()).doesNotThrowAnyException();
  }

  @Test
  void aPostThatReachedTwoBackendsIsFoundOutThoughItFailed() {
    ledger.begin("a", "here");
    ledger.begin("a", "there");
    assertThatThrownBy(() -> account(Outcome.Kind.REFUSED).isHonest())
        .hasMessageContaining("reached backends twice")
        .hasMessageContaining("a at there");
  }

  @Test
  void aPostThatIsAnsweredButWasNeverCarriedOutIsFoundOut() {
    ledger.begin("a", "here");
    assertThatThrownBy(() -> account(Outcome.Kind.ANSWERED).isHonest())
        .hasMessageContaining("never carried out");
  }

  @Test
  void aRequestWithAnothersBodyIsFoundOut() {
    ledger.begin("a", "here");
    ledger.execute("a", Payload.request("b", 1));
    assertThatThrownBy(() -> account(Outcome.Kind.ANSWERED).isHonest())
        .hasMessageContaining("another's body");
  }

  private Account account(Outcome.Kind kind) {
    return new Account("test", List.of(new Outcome("a", true, kind, 0, 0, 0, "")), ledger);
  }

  private static Outcome.Kind judged(String id, Script script) throws IOException {
    try (Origin origin = Origin.scripted().enqueue(script);
        RawClient client = RawClient.to(origin.url())) {
      Reply reply = client.get("/");
      return Outcome.judge(id, reply);
    }
  }
}
