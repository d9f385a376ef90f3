package dev.gatehouse.cache;

import dev.gatehouse.servlet.Exchange;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.Executor;

/** A stored response that goes out in the place of the one that came, which is dropped. */
record InPlace(Exchange exchange, Reply reply, Executor executor) {
  /** Puts its head into the response; its body comes when the other one has ended. */
  ServletOutputStream sendTo(HttpServletResponse to) throws IOException {
    to.reset();
    exchange.id().addTo(to);
    reply.head().sendTo(to);
    exchange.journal().answeredFromStore();
    ServletOutputStream output = to.getOutputStream();
    return new StoredStream(output, then -> deliver(output, then));
  }

  private void deliver(ServletOutputStream output, Runnable then) {
    exchange.journal().answeredFromStore(); // what was dropped does not count
    BodyPump pump =
        new BodyPump(
            output,
            reply.body(),
            reply.from(),
            (long) reply.from() + reply.length(),
            executor,
            exchange.journal(),
            new Then(output, then));
    if (!pump.start()) {
      throw new IllegalStateException("what is whole can be read");
    }
  }

  /** Hands the end of a stored body on to who ends the exchange. */
  private record Then(ServletOutputStream output, Runnable then) implements BodyPump.Ending {
    @Override
    public void written() {
      try {
        output.close();
      } catch (IOException | RuntimeException e) {
        // the client has gone, and the container knows
      }
      then.run();
    }

    @Override
    public void broken() {
      then.run();
    }

    @Override
    public void failed(Throwable cause) {
      then.run();
    }
  }
}
