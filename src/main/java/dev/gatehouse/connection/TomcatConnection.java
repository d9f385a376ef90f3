package dev.gatehouse.connection;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;

/**
 * Coyote's NIO socket (HTTP/1.1), or its stream (HTTP/2). Other endpoints can't read in between.
 */
final class TomcatConnection extends ClientConnection {
  private final Object facade;

  TomcatConnection(Object facade) {
    this.facade = facade;
  }

  /** Connectors other than NIO do not tell whether they would have to wait. */
  @Override
  public boolean takesEarlyHints() throws IOException, UnfitException {
    try {
      Object socket = Members.get(Members.field(coyote(), "hook"), "getSocketWrapper");
      return socket.getClass().getSimpleName().equals("NioSocketWrapper")
          && Members.get(Members.get(socket, "getSocket"), "getIOChannel")
              instanceof SelectableChannel channel
          && SendBuffer.hasRoom(channel);
    } catch (ReflectiveOperationException e) {
      throw new UnfitException(e);
    }
  }

  /** Of HTTP/1.1 it only fills the socket's buffer, which would go out with the final head. */
  @Override
  public void flushEarlyHints() throws IOException, UnfitException {
    try {
      Object processor = Members.field(coyote(), "hook");
      if (processor.getClass().getSimpleName().equals("Http11Processor")) {
        Object socket = Members.get(processor, "getSocketWrapper");
        Object unused = Members.call(socket, "flush", new Class<?>[] {boolean.class}, false);
      }
    } catch (ReflectiveOperationException e) {
      throw new UnfitException(e);
    }
  }

  /** With a {@code continueResponseTiming} of {@code onRead} Tomcat forgets reads that wait. */
  @Override
  public void invite() throws UnfitException {
    try {
      Object coyote = coyote();
      if (Members.get(coyote, "hasExpectation").equals(true)) {
        Object hook = Members.field(coyote, "hook");
        ClassLoader tomcat = coyote.getClass().getClassLoader();
        Class<?> code = Class.forName("org.apache.coyote.ActionCode", true, tomcat);
        Class<?> timing = Class.forName("org.apache.coyote.ContinueResponseTiming", true, tomcat);
        Object ack = code.getField("ACK").get(null);
        Object onRead = timing.getField("ON_REQUEST_BODY_READ").get(null);
        Class<?>[] types = {code, Object.class};
        Object unused = Members.call(hook, "action", types, ack, onRead);
        Class<?>[] flag = {boolean.class};
        unused = Members.call(coyote, "setExpectation", flag, false); // HTTP/2 would ask again
      }
    } catch (IOException e) {
      // the client is gone, as reading will tell
    } catch (ReflectiveOperationException e) {
      throw new UnfitException(e);
    }
  }

  private Object coyote() throws ReflectiveOperationException {
    return Members.get(Members.field(facade, "request"), "getCoyoteRequest");
  }

  @Override
  public Look look() throws UnfitException {
    try {
      Object processor = Members.field(coyote(), "hook");
      return switch (processor.getClass().getSimpleName()) {
        case "Http11Processor" -> read(Members.get(processor, "getSocketWrapper"));
        case "StreamProcessor" -> {
          Object active = Members.get(Members.field(processor, "stream"), "isActive");
          yield active.equals(true) ? Look.SILENT : Look.GONE;
        }
        default -> Look.BLIND;
      };
    } catch (IOException e) {
      return Look.GONE;
    } catch (ReflectiveOperationException e) {
      throw new UnfitException(e);
    }
  }

  private static Look read(Object socket) throws ReflectiveOperationException, IOException {
    if (!socket.getClass().getSimpleName().equals("NioSocketWrapper")) {
      return Look.BLIND;
    }
    ByteBuffer one = ByteBuffer.allocate(1);
    Class<?>[] types = {boolean.class, ByteBuffer.class};
    int read = (Integer) Members.call(socket, "read", types, false, one); // the end is an exception
    if (read > 0) {
      Object unused = Members.call(socket, "unRead", new Class<?>[] {ByteBuffer.class}, one.flip());
      return Look.BLIND;
    }
    return read < 0 ? Look.GONE : Look.SILENT;
  }
}
