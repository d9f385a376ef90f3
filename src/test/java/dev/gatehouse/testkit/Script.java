package dev.gatehouse.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * What an {@link Origin} does about one request: steps, in order. Immutable; each method returns a
 * longer script. Unless it says otherwise, the body is read first, and the connection stays open.
 */
public final class Script {
  private static final Script NOTHING = new Script(false, List.of());

  private final boolean early;
  private final List<Step> steps;

  private Script(boolean early, List<Step> steps) {
    this.early = early;
    this.steps = steps;
  }

  /** One thing to do; closing the socket ends the script. */
  interface Step {
    void run(Seen seen, Socket socket) throws IOException, InterruptedException;
  }

  /** 200 with a text; without it to HEAD. */
  public static Script ok(String body) {
    return response(200, body.getBytes(UTF_8), "Content-Type: text/plain;charset=utf-8");
  }

  /**
   * A status without a body.
   *
   * @param headers lines such as {@code X-A: 1}
   */
  public static Script ofStatus(int status, String... headers) {
    return response(status, new byte[0], headers);
  }

  /** A response framed by Content-Length; no body to HEAD, neither for 1xx, 204 and 304. */
  public static Script response(int status, byte[] body, String... headers) {
    return NOTHING.with(new Message(status, List.of(headers), body));
  }

  /** The head of a 200, for bodies in several steps. */
  public static Script head(String... headers) {
    return raw(Message.head(200, List.of(headers)));
  }

  /** 200 with so many bytes of {@link Generated}, framed by Content-Length. */
  public static Script generated(long length) {
    return head("Content-Length: " + length).sendGenerated(length);
  }

  /** 200 with so many bytes of {@link Generated} in chunks. */
  public static Script generatedChunked(long length) {
    return head("Transfer-Encoding: chunked").writing(out -> Generated.writeChunked(out, length));
  }

  /** The bytes as they are, one for each char. */
  public static Script raw(String bytes) {
    return NOTHING.send(bytes);
  }

  /** The request is read and never answered. */
  public static Script silence() {
    return NOTHING.hang();
  }

  /** Begins before the body is read; what is left of it is read at the end. */
  public Script beforeBody() {
    return new Script(true, steps);
  }

  /** Reads the body now; for scripts that begin before it. */
  public Script readBody() {
    return with((seen, socket) -> seen.readBody(false));
  }

  public Script send(String bytes) {
    return writing(out -> out.write(bytes.getBytes(ISO_8859_1)));
  }

  /** One chunk, or the last one for the empty text. */
  public Script chunk(String bytes) {
    return send(Integer.toHexString(bytes.length()) + "\r\n" + bytes + "\r\n");
  }

  /** So many bytes of {@link Generated}, from its beginning. */
  public Script sendGenerated(long length) {
    return writing(out -> Generated.write(out, length));
  }

  /** Sends the bytes again and again, ten times a second, until the peer closes. */
  public Script drip(String bytes) {
    return with(
        (seen, socket) -> {
          while (true) { // writing fails in the end
            socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
            Thread.sleep(100);
          }
        });
  }

  /** Goes on when the latch is open, or ends with the origin. */
  public Script pause(CountDownLatch latch) {
    return with((seen, socket) -> latch.await());
  }

  /** Sends the bytes again and again, until the latch is open or the peer closes. */
  public Script repeat(String bytes, CountDownLatch latch) {
    return writing(
        out -> {
          while (latch.getCount() > 0) {
            out.write(bytes.getBytes(ISO_8859_1));
          }
        });
  }

  /** Does nothing more until the peer closes. */
  public Script hang() {
    return with((seen, socket) -> drain(socket));
  }

  /** Closes in good order: says that nothing more comes, and reads until the peer closes. */
  public Script fin() {
    return with(
        (seen, socket) -> {
          socket.shutdownOutput();
          drain(socket);
        });
  }

  /** Breaks the connection off: the peer gets a reset. */
  public Script rst() {
    return with(
        (seen, socket) -> {
          socket.setSoLinger(true, 0);
          socket.close();
        });
  }

  /** Closes the connection, with no word before, if no next request comes for so long. */
  public Script keepAlive(Duration idle) {
    return with((seen, socket) -> socket.setSoTimeout((int) idle.toMillis()));
  }

  boolean isEarly() {
    return early;
  }

  void run(Seen seen, Socket socket) throws IOException, InterruptedException {
    for (int i = 0; i < steps.size() && !socket.isClosed(); i++) {
      steps.get(i).run(seen, socket);
    }
  }

  /** Writes what it likes, when it likes. */
  public interface Writing {
    void to(OutputStream out) throws IOException;
  }

  /** Whatever the other steps do not say, such as a pace. */
  public Script writing(Writing writing) {
    return with(
        (seen, socket) -> {
          writing.to(socket.getOutputStream());
          socket.getOutputStream().flush();
        });
  }

  private Script with(Step step) {
    List<Step> more = new ArrayList<>(steps);
    more.add(step);
    return new Script(early, List.copyOf(more));
  }

  private static void drain(Socket socket) throws IOException {
    socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    socket.close();
  }
}
