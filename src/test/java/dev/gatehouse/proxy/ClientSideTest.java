package dev.gatehouse.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.servlet.BodyStream;
import dev.gatehouse.servlet.BoundRequest;
import dev.gatehouse.servlet.Exchange;
import dev.gatehouse.servlet.ExchangeId;
import dev.gatehouse.servlet.Journal;
import dev.gatehouse.testkit.FakeOutput;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.content.AsyncContent;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The container may give the request to somebody else as soon as it hears of the end. */
class ClientSideTest {
  private final FakeInput input = new FakeInput();
  private final FakeOutput output = new FakeOutput();
  private ServletOutputStream stream = output;
  private final ClientBody body =
      new ClientBody(new LateInput(() -> input, -1, () -> false), 0, 8, 32);
  private final Request.Content content = body.forAttempt();
  private final List<String> heard = new ArrayList<>();
  private final ClientSide side =
      new ClientSide(request(), response(), body, () -> heard.add("ended"));

  @Test
  void nobodyReadsFromARequestThatTheContainerHasBack() {
    input.has("abc");
    content.demand(() -> {});
    side.abandon();
    assertThat(heard).containsExactly("ended", "complete, with the body let go");
    assertThat(Content.Chunk.isFailure(content.read())).isTrue();
    assertThat(input.reads()).isZero();
  }

  @Test
  void norFromOneWhoseAnswerIsBrokenOff() {
    input.has("abc");
    content.demand(() -> {});
    side.breakOff(502);
    assertThat(heard).containsExactly("ended", "dispatch, with the body let go");
    assertThat(Content.Chunk.isFailure(content.read())).isTrue();
    assertThat(input.reads()).isZero();
  }

  @Test
  void aBodyThatWasReadToItsEndHasNotFailed() {
    content.demand(() -> {});
    Content.Chunk last = content.read();
    assertThat(last != null && last.isLast()).isTrue();
    side.abandon();
    assertThat(heard).containsExactly("ended", "complete");
    assertThat(body.failure()).isNull();
  }

  @Test
  void theContainerHearsOfOneEndOnly() {
    side.breakOff(502);
    side.abandon();
    side.breakOff(504);
    assertThat(heard).hasSize(2);
  }

  @Test
  void anAnswerThatIsBeingPassedOnCanOnlyBeCut() throws Exception {
    side.newStream(new AsyncContent(), () -> {}, failure -> true).start();
    side.end(502, own -> {});
    assertThat(heard).containsExactly("ended", "dispatch, with the body let go");
  }

  @Test
  void aClientThatDoesNotReadIsToldFromABackendThatDoesNotSend() throws Exception {
    assertThat(side.isReadingTooSlowly()).as("there is nothing to read").isFalse();
    AsyncContent source = new AsyncContent();
    side.newStream(source, () -> {}, failure -> true).start();
    output.begins();
    assertThat(side.isReadingTooSlowly()).isFalse();
    output.stopsAfter(3);
    ByteBuffer event = ByteBuffer.wrap(new byte[] {1, 2, 3});
    source.write(false, event, Callback.NOOP);
    assertThat(side.isReadingTooSlowly()).isTrue();
    output.goesOn();
    assertThat(side.isReadingTooSlowly()).isFalse();
  }

  @Test
  void whatOutlivesItsClientEndsWithTheOthers() throws Exception {
    outlives();
    assertThat(heard).containsExactly("dispatch, with the body let go");
    assertThat(side.isOver()).as("the client has left").isTrue();
    heard.clear();
    side.succeed();
    assertThat(heard).containsExactly("others have all", "ended");
  }

  @Test
  void orWhenTheRestWillNotCome() throws Exception {
    outlives();
    heard.clear();
    side.end(503, own -> {});
    assertThat(heard).isEmpty();
    side.abandonOthers();
    assertThat(heard).containsExactly("others have lost it", "ended");
  }

  @Test
  void whereThereAreNoOthersNothingEndsTwice() {
    side.abandon();
    heard.clear();
    side.abandonOthers();
    side.succeed();
    assertThat(heard).isEmpty();
  }

  private void outlives() throws Exception {
    stream = new Shared();
    var unused = side.newStream(new AsyncContent(), () -> {}, failure -> true);
    assertThat(side.outlives(false)).isTrue();
    assertThat(side.outlives(false)).isTrue();
  }

  private final class Shared extends BodyStream {
    @Override
    public void end(Runnable then) {
      heard.add("others have all");
    }

    @Override
    public void abandon() {
      heard.add("others have lost it");
    }

    @Override
    public boolean outliveClient() {
      return true;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {}

    @Override
    public void write(int b) {}
  }

  private BoundRequest request() {
    Exchange exchange =
        new Exchange(
            "192.0.2.1",
            false,
            "192.0.2.1",
            new ExchangeId("1", Optional.empty()),
            new Journal(() -> 0));
    HttpServletRequest request =
        fake(
            HttpServletRequest.class,
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getAttribute" -> exchange;
                  case "getProtocol" -> "HTTP/1.1";
                  case "isAsyncStarted" -> false;
                  case "startAsync" -> fake(AsyncContext.class, this::hear);
                  default -> throw new UnsupportedOperationException(method.getName());
                });
    return new BoundRequest(request, response());
  }

  private @Nullable Object hear(Object proxy, Method method, Object[] arguments) {
    String name = method.getName();
    if (name.equals("complete") || name.equals("dispatch")) {
      heard.add(name + (body.failure() == null ? "" : ", with the body let go"));
    }
    return null;
  }

  private HttpServletResponse response() {
    return fake(
        HttpServletResponse.class,
        (proxy, method, arguments) -> {
          if (method.getName().equals("getOutputStream")) {
            return stream;
          }
          throw new UnsupportedOperationException(method.getName());
        });
  }

  private static <T> T fake(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
