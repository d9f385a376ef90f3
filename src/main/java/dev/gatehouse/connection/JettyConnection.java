package dev.gatehouse.connection;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;

/** Jetty's {@code HttpConnection}; of HTTP/2 streams that are reset Jetty tells by itself. */
final class JettyConnection extends ClientConnection {
  private static final Class<?>[] BUFFER = {ByteBuffer.class};

  private final Object request;

  JettyConnection(Object request) {
    this.request = request;
  }

  /** Its input stream says that it is finished only after a read; the stream below knows. */
  @Override
  public boolean hasContent(HttpServletRequest own) throws IOException, UnfitException {
    try {
      Object core = inside(Members.get(request, "getRequest"), "ChannelRequest");
      Object channel = Members.field(core, "_httpChannelState");
      Object stream = inside(Members.get(channel, "getHttpStream"), "HttpStreamOverHTTP2");
      Object chunk = Members.fieldOrNothing(stream, "_chunk");
      if (chunk == Members.Nothing.NOTHING) {
        return true;
      }
      if (Members.call(chunk, "getFailure", new Class<?>[0]) != Members.Nothing.NOTHING) {
        throw new ClosedChannelException(); // the stream was reset
      }
      return Members.get(chunk, "isLast").equals(false)
          || Members.get(chunk, "hasRemaining").equals(true);
    } catch (ReflectiveOperationException e) {
      throw new UnfitException(e);
    }
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
      if (!connection.getClass().getSimpleName().equals("HttpConnection")) {
        return Look.BLIND;
      }
      ByteBuffer one = ByteBuffer.allocate(1).limit(0); // Jetty fills behind the limit
      Object endPoint = Members.get(connection, "getEndPoint");
      int filled = (Integer) Members.call(endPoint, "fill", BUFFER, one);
      if (filled > 0) {
        Object unused = Members.call(connection, "onUpgradeTo", BUFFER, one);
        return Look.BLIND;
      }
      return filled < 0 ? Look.GONE : Look.SILENT;
    } catch (IOException e) {
      return Look.GONE;
    } catch (ReflectiveOperationException e) {
      throw new UnfitException(e);
    }
  }
}
