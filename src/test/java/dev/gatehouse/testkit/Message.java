package dev.gatehouse.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.List;

/** A whole response, framed by Content-Length where there may be a body (RFC 9112 §6.3). */
final class Message implements Script.Step {
  private final int status;
  private final List<String> fields;
  private final byte[] body;

  Message(int status, List<String> fields, byte[] body) {
    this.status = status;
    this.fields = fields;
    this.body = body;
  }

  static String head(int status, List<String> fields) {
    StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Scripted\r\n");
    fields.forEach(line -> head.append(line).append("\r\n"));
    return head.append("\r\n").toString();
  }

  @Override
  public void run(Seen seen, Socket socket) throws IOException {
    ByteArrayOutputStream message = new ByteArrayOutputStream(); // one write, one packet
    boolean bodiless = status < 200 || status == 204 || status == 304;
    String head = head(status, fields);
    if (!bodiless) {
      head = head.substring(0, head.length() - 2) + "Content-Length: " + body.length + "\r\n\r\n";
    }
    message.write(head.getBytes(ISO_8859_1));
    if (!bodiless && !seen.method().equals("HEAD")) {
      message.write(body);
    }
    message.writeTo(socket.getOutputStream());
  }
}
