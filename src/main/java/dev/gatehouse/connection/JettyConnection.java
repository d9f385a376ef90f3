package dev.gatehouse.connection;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Jetty's {@code HttpConnection}, or its stream (HTTP/2). Of a reset it tells by itself, but not if
 * that comes before the request is asynchronous.
 */
final class JettyConnection extends ClientConnection {
  private static final Class<?>[] BUFFER = {ByteBuffer.class};
  private static final Class<?>[] NOTHING = {};

  private final Object request;

  JettyConnection(Object request) {
    this.request = request;
  }

  /** Its input stream says that it is finished only after a read; the stream below knows. */
  @Override
  public boolean hasContent(HttpServletRequest own) throws IOException, UnfitException {
    try {
      Object channel = Members.field(channelRequest(), "_httpChannelState");
      Object stream = inside(Members.get(channel, "getHttpStream"), "HttpStreamOverHTTP2");
      Object chunk = Members.fieldOrNothing(stream, "_chunk");
      if (chunk == Members.Nothing.NOTHING) {
        return true;
      }
      if (Members.call(chunk, "getFailure", NOTHING) != Members.Nothing.NOTHING) {
        throw new ClosedChannelException(); // the stream was reset
      }
      return Members.get(chunk, "isLast").equals(false)
          || Members.get(chunk, "hasRemaining").equals(true);
    } catch (ReflectiveOperationException e) {
      throw new UnfitException(e);
    }
  }

  private Object channelRequest() throws ReflectiveOperationException {
    return inside(Members.get(request, "getRequest"), "ChannelRequest");
  }

  /** What wrappers hold. */
  private static Object inside(Object wrapper, String name) throws ReflectiveOperationException {
    Object inside = wrapper;
    while (!inside.getClass().getSimpleName().equals(name)) {
      inside = Members.get(inside, "getWrapped");
    }
    return inside;
  }

  @Override
  public boolean takesEarlyHints() throws IOException, UnfitException {
    try {
      Object core = Members.get(request, "getRequest");
      Object connection = Members.get(Members.get(core, "getConnectionMetaData"), "getConnection");
      Object endPoint = Members.get(connection, "getEndPoint");
      if (endPoint.getClass().getSimpleName().equals("SslEndPoint")) {
        endPoint = Members.get(endPoint, "unwrap");
      }
      return Members.get(endPoint, "getTransport") instanceof SelectableChannel channel
          && SendBuffer.hasRoom(channel);
    } catch (ReflectiveOperationException e) {
      throw new UnfitException(e);
    }
  }

  @Override
  public Look look() throws UnfitException {
    try {
      Object core = Members.get(request, "getRequest");
      Object connection = Members.get(Members.get(core, "getConnectionMetaData"), "getConnection");
      return switch (connection.getClass().getSimpleName()) {
        case "HttpConnection" -> read(connection);
        case "HTTP2ServerConnection" -> stream();
        default -> Look.BLIND;
      };
    } catch (IOException e) {
      return Look.GONE;
    } catch (ReflectiveOperationException e) {
      throw new UnfitException(e);
    }
  }

  @Override
  public boolean sends(HttpServletResponse response, ServletOutputStream output) {
    return JettyOutput.isOne(output) && !response.isCommitted();
  }

  @Override
  public void send(
      ServletOutputStream output, ByteBuffer body, Consumer<@Nullable Throwable> then) {
    JettyOutput.send(output, body, then);
  }

  private static Look read(Object connection) throws ReflectiveOperationException, IOException {
    ByteBuffer one = ByteBuffer.allocate(1).limit(0); // Jetty fills behind the limit
    Object endPoint = Members.get(connection, "getEndPoint");
    int filled = (Integer) Members.call(endPoint, "fill", BUFFER, one);
    if (filled > 0) {
      Object unused = Members.call(connection, "onUpgradeTo", BUFFER, one);
      return Look.BLIND;
    }
    return filled < 0 ? Look.GONE : Look.SILENT;
  }

  private Look stream() throws ReflectiveOperationException, IOException {
    Object channel = Members.fieldOrNothing(channelRequest(), "_httpChannelState");
    if (channel == Members.Nothing.NOTHING) {
      return Look.GONE; // reset before Jetty had called us, and ended without us
    }
    Object outer =
        Members.call(channel, "getHttpStream", NOTHING); // locks, so that we see the rest
    if (outer == Members.Nothing.NOTHING) {
      return Look.GONE;
    }
    Object failure = Members.fieldOrNothing(channel, "_readFailure");
    if (failure != Members.Nothing.NOTHING && Members.get(failure, "isLast").equals(true)) {
      return Look.GONE; // one that is not the last is a time-out, and reading tells of it
    }
    Object stream = Members.field(inside(outer, "HttpStreamOverHTTP2"), "_stream");
    return Members.get(stream, "isReset").equals(true) ? Look.GONE : Look.SILENT;
  }
}
