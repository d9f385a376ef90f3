package dev.gatehouse.connection;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the client's connection tells and can do beyond the servlet API, on each container. */
public abstract class ClientConnection {
  ClientConnection() {}

  /** What a look at the client shows. */
  public enum Look {
    /** Nothing has come, and the connection is open. */
    SILENT,
    /** It has closed the connection, or reset the stream. */
    GONE,
    /** Further looks would show nothing. */
    BLIND
  }

  /**
   * The connection of a request that is under way.
   *
   * @param request the container's own, or what filters have made of it
   */
  public static ClientConnection of(ServletRequest request) {
    ServletRequest own = request;
    while (own instanceof ServletRequestWrapper wrapper) {
      own = wrapper.getRequest();
    }
    String name = own.getClass().getName();
    if (name.startsWith("org.eclipse.jetty.")) {
      return new JettyConnection(own);
    }
    if (name.startsWith("org.apache.catalina.")) {
      return new TomcatConnection(own);
    }
    return name.startsWith("io.undertow.") ? new UndertowConnection(own) : new UnknownConnection();
  }

  /**
   * Looks whether the client is there, without waiting. Only while nobody reads from the
   * connection: after the request's last byte and before the exchange ends.
   *
   * @throws IllegalStateException if the container can't tell of this one client
   * @throws UnfitException if the container is not as we know it
   */
  public abstract Look look() throws UnfitException;

  /**
   * Whether an HTTP/2 client has given its stream up, which a container may show as the end of its
   * body; also if the container has let go of it. Not for HTTP/1.1, where this would read from what
   * the container reads.
   */
  public final boolean hasReset() {
    try {
      return look() == Look.GONE;
    } catch (UnfitException e) {
      return false;
    } catch (RuntimeException e) {
      return true; // an end that nobody vouches for
    }
  }

  /** Asks a client that expects it for its body, where no read does (RFC 9110 §10.1.1). */
  public void invite() throws UnfitException {}

  /** Makes ready for a body that comes in pieces, each of which must get out. */
  public void prepare(HttpServletResponse response) {}

  /**
   * Whether content follows the head of an HTTP/2 request that has no Content-Length. For requests
   * of which nothing was read.
   */
  public boolean hasContent(HttpServletRequest own) throws IOException, UnfitException {
    return !own.getInputStream().isFinished();
  }

  /**
   * Whether {@code sendError(103)} sends an interim response now. Elsewhere it would be a final
   * one, or would wait until the client has read what it was sent before.
   *
   * @throws IOException if the client is gone
   * @throws UnfitException if the container is not as we know it
   */
  public boolean takesEarlyHints() throws IOException, UnfitException {
    return false;
  }

  /**
   * Gets out what {@code sendError(103)} has written, without waiting.
   *
   * @throws IOException if the client is gone
   * @throws UnfitException if the container is not as we know it
   */
  public void flushEarlyHints() throws IOException, UnfitException {}

  /**
   * Whether {@link #send} is there for a response of which nothing has gone out.
   *
   * @param output the response's, or a filter's
   */
  public boolean sends(HttpServletResponse response, ServletOutputStream output) {
    return false;
  }

  /**
   * Sends a whole body without waiting for the client, on the thread that calls, where a listener
   * would have to be called on another one.
   *
   * @param output the response's, for which {@link #sends} has said yes
   * @param then called once when the bytes are not needed any more, perhaps before this returns;
   *     with null or with what went wrong
   */
  public void send(
      ServletOutputStream output, ByteBuffer body, Consumer<@Nullable Throwable> then) {
    throw new UnsupportedOperationException();
  }

  /**
   * Closes the connection (HTTP/1.1) or resets the stream (HTTP/2) in the container's own words.
   *
   * @return false where none are needed, as an exception out of a servlet does it
   * @throws IOException if it can't be done
   */
  public boolean cut() throws IOException {
    return false;
  }
}
