package dev.gatehouse.sample;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Answers each request with a JSON description of it, or as its {@link Controls} ask. */
final class EchoHandler extends Handler.Abstract {
  private static final String JSON = "application/json";
  private static final String TEXT = "text/plain;charset=utf-8";
  private static final byte[] HEALTHY = "{\"status\":\"ok\"}".getBytes(StandardCharsets.UTF_8);
  private static final byte[] FILLING = filling();

  private final Jsonb jsonb = JsonbBuilder.create();

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws IOException {
    Map<String, Object> received = describe(request);
    if (request.getHttpURI().getPath().equals("/health")) {
      send(response, callback, JSON, HEALTHY);
      return true;
    }
    Controls controls;
    try {
      controls = Controls.parse(request.getHttpURI().getQuery());
    } catch (IllegalArgumentException e) {
      response.setStatus(400);
      send(response, callback, TEXT, (e.getMessage() + "\n").getBytes(StandardCharsets.UTF_8));
      return true;
    }
    if (controls.delay().isZero()) {
      answer(response, callback, controls, received);
    } else {
      Runnable later = () -> answer(response, callback, controls, received);
      request
          .getComponents()
          .getScheduler()
          .schedule(
              () -> request.getComponents().getExecutor().execute(later),
              controls.delay().toMillis(),
              TimeUnit.MILLISECONDS);
    }
    return true;
  }

  private static Map<String, Object> describe(Request request) throws IOException {
    Map<String, Object> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (HttpField field : request.getHeaders()) {
      headers.computeIfAbsent(
          field.getName(),
          name -> request.getHeaders().getFields(name).stream().map(HttpField::getValue).toList());
    }
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("method", request.getMethod());
    members.put("path", request.getHttpURI().getPath());
    members.put("query", request.getHttpURI().getQuery());
    members.put("headers", headers);
    members.putAll(ReceivedBody.describe(Content.Source.asInputStream(request)));
    members.put("port", Request.getLocalPort(request));
    return members;
  }

  private void answer(
      Response response, Callback callback, Controls controls, Map<String, Object> received) {
    response.setStatus(controls.status());
    controls
        .cacheControl()
        .ifPresent(value -> response.getHeaders().put(HttpHeader.CACHE_CONTROL, value));
    if (controls.status() == 204 || controls.status() == 304) {
      callback.succeeded();
      return;
    }
    byte[] echo = jsonb.toJson(received).getBytes(StandardCharsets.UTF_8);
    byte[] block = controls.size().isPresent() ? FILLING : echo;
    long length = controls.size().orElse(echo.length);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, controls.size().isPresent() ? TEXT : JSON);
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, length);
    try {
      write(response, block, controls.abort() ? length / 2 : length, !controls.abort());
    } catch (IOException e) {
      callback.failed(e);
      return;
    }
    if (controls.abort()) {
      callback.failed(new IOException("cut in the middle, as asked"));
    } else {
      callback.succeeded();
    }
  }

  private static void send(Response response, Callback callback, String type, byte[] body) {
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
    response.write(true, ByteBuffer.wrap(body), callback);
  }

  /** Writes that many bytes, repeating the block, and blocks meanwhile. */
  private static void write(Response response, byte[] block, long length, boolean last)
      throws IOException {
    long left = length;
    do {
      int part = (int) Math.min(left, block.length);
      left -= part;
      Content.Sink.write(response, last && left == 0, ByteBuffer.wrap(block, 0, part));
    } while (left > 0);
  }

  private static byte[] filling() {
    String line = "The quick brown fox jumps over the lazy dog, at a sample backend.\n";
    return line.repeat(500).getBytes(StandardCharsets.US_ASCII);
  }
}
