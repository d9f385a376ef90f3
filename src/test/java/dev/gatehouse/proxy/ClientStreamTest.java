package dev.gatehouse.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.servlet.Journal;
import dev.gatehouse.testkit.Await;
import dev.gatehouse.testkit.Origin;
import dev.gatehouse.testkit.Script;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@DisplayName("The chunks of a body are given back, once, however it ends")
class ClientStreamTest {
  private static final Script HALF = Script.head("Content-Length: 200000").sendGenerated(100_000);

  private final AtomicInteger open = new AtomicInteger(); // chunks that were read
  private final HttpClient client =
      new HttpClient(new StrictTransport(new StrictConnector(), Duration.ofSeconds(20)));
  private final Origin origin = Origin.scripted();
  private final Output output = new Output();
  private final AtomicReference<@Nullable ClientStream> stream = new AtomicReference<>();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch written = new CountDownLatch(1);
  private final CountDownLatch complete = new CountDownLatch(1);
  private Consumer<ClientStream> atFirst = started -> {};
  private @Nullable Request request;

  @BeforeEach
  void start() throws Exception {
    client.setUseInputDirectByteBuffers(false);
    client.start();
  }

  @AfterEach
  void stop() throws Exception {
    client.stop();
    origin.close();
  }

  @Test
  void aWholeBody() throws Exception {
    send(Script.generated(200_000));
    output.possible();
    assertThat(written.await(10, TimeUnit.SECONDS)).isTrue();
    nothingIsLeft();
    assertThat(output.bytes).hasValue(200_000);
  }

  @Test
  void theBackendDies() throws Exception {
    send(HALF.rst());
    output.possible();
    nothingIsLeft();
  }

  @Test
  void theClientCannotBeWrittenTo() throws Exception {
    output.failure = new ClosedChannelException();
    send(HALF.hang());
    output.possible();
    nothingIsLeft();
  }

  @Test
  void theContainerTellsThatAWriteHasFailed() throws Exception {
    output.stalls = true;
    send(HALF.hang());
    output.possible();
    output.listener().onError(new IOException("the client is gone"));
    nothingIsLeft();
  }

  @Test
  void theExchangeEndsBeforeTheContainerAsksForAnything() throws Exception {
    send(HALF.hang());
    end();
    nothingIsLeft();
    output.possible();
    assertThat(output.bytes).hasValue(0);
  }

  @Test
  void theExchangeEndsBeforeTheBodyBegins() throws Exception {
    atFirst = ClientStream::end;
    send(HALF.hang());
    abort(new ClosedChannelException());
    nothingIsLeft();
    assertThat(output.listener.get()).isNull();
  }

  @Test
  void theContainerHasEndedTheExchange() throws Exception {
    output.refuses = true;
    send(HALF.hang());
    nothingIsLeft();
  }

  @Test
  void whatTheContainerStillWritesIsNobodyElsesUntilItSaysSo() throws Exception {
    output.stalls = true;
    send(HALF.hang());
    output.possible();
    Await.until("it writes", () -> output.bytes.get() > 0); // the body may come after its head
    long before = output.bytes.get();
    end();
    assertThat(complete.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(open).hasValue(1);
    output.ready = true;
    output.possible();
    nothingIsLeft();
    assertThat(output.bytes).hasValue(before);
  }

  private void send(Script script) throws Exception {
    origin.enqueue(script);
    Request sent = client.newRequest(origin.url());
    request = sent;
    sent.send(new Listener());
    assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
  }

  /** What ends an exchange. */
  private void end() {
    ClientStream started = stream.get();
    assertThat(started).isNotNull();
    if (started != null) {
      started.end();
    }
    abort(new ClosedChannelException());
  }

  private void abort(Throwable cause) {
    Request sent = request;
    if (sent != null) {
      var unused = sent.abort(cause);
    }
  }

  private void nothingIsLeft() throws Exception {
    assertThat(complete.await(10, TimeUnit.SECONDS)).isTrue();
    client.stop();
    Await.until("nothing is left", () -> open.get() == 0);
  }

  /** Counts what is read and not given back; giving back twice fails. */
  private record Counted(Content.Source source, AtomicInteger open) implements Content.Source {
    @Override
    public Content.@Nullable Chunk read() {
      Content.Chunk chunk = source.read();
      if (chunk == null || !chunk.hasRemaining()) {
        return chunk;
      }
      open.incrementAndGet();
      Runnable release =
          () -> {
            open.decrementAndGet();
            chunk.release();
          };
      return Content.Chunk.from(chunk.getByteBuffer(), chunk.isLast(), release);
    }

    @Override
    public void demand(Runnable then) {
      source.demand(then);
    }

    @Override
    public void fail(Throwable cause) {
      source.fail(cause);
    }
  }

  private final class Listener implements Response.Listener {
    @Override
    public void onContentSource(Response response, Content.Source source) {
      ClientStream next =
          new ClientStream(
              output,
              new Counted(source, open),
              written::countDown,
              failure -> {
                abort(failure);
                return true;
              },
              new Journal(() -> 0),
              FakeAtOnce.never());
      stream.set(next);
      atFirst.accept(next);
      try {
        next.start();
      } catch (IllegalStateException e) {
        abort(e);
      }
      begun.countDown();
    }

    @Override
    public void onComplete(Result result) {
      complete.countDown();
    }
  }

  /** A container that does as it is told. */
  private static final class Output extends ServletOutputStream {
    private final AtomicReference<@Nullable WriteListener> listener = new AtomicReference<>();
    private volatile @Nullable IOException failure;
    private volatile boolean refuses;
    private volatile boolean stalls;
    private volatile boolean ready = true;
    private final AtomicLong bytes = new AtomicLong();

    WriteListener listener() {
      WriteListener set = listener.get();
      if (set == null) {
        throw new AssertionError("no listener");
      }
      return set;
    }

    void possible() throws IOException {
      listener().onWritePossible();
    }

    @Override
    public boolean isReady() {
      return ready;
    }

    @Override
    public void setWriteListener(WriteListener set) {
      if (refuses) {
        throw new IllegalStateException("over");
      }
      listener.set(set);
    }

    @Override
    public void write(int one) {
      throw new UnsupportedOperationException("by arrays only");
    }

    @Override
    public void write(byte[] from, int start, int length) throws IOException {
      IOException thrown = failure;
      if (thrown != null) {
        throw thrown;
      }
      bytes.addAndGet(length);
      ready = !stalls;
    }
  }
}
