package org.yuzui.inbox;

import org.apache.camel.Exchange;
import org.apache.camel.impl.engine.SimpleCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuzui.spi.Headers;
import org.yuzui.spi.RefusedException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class InboxTest {

    @TempDir
    Path folder;

    @Test
    void aNameThatIsTakenGetsANumberAndNothingHalfIsSeen() throws IOException {
        Inbox inbox = new Inbox(folder);
        assertThat(inbox.free(Inbox.DONE, "a.xml")).isEqualTo("a.xml");
        inbox.write(Inbox.DONE, "a.xml", new byte[] {1});
        inbox.write(Inbox.DONE, "a.xml.2", new byte[] {2});
        assertThat(inbox.free(Inbox.DONE, "a.xml")).isEqualTo("a.xml.3");
        assertThat(folder.resolve(".done")).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void aFileThatSomebodyWroteToMeanwhileIsReadAgain() throws Exception {
        Exchange exchange = exchange("a\nb" + "c".repeat(200));
        InboxFile file = InboxFile.take(exchange, "xml");
        assertThat(exchange.getMessage().getHeader(Headers.SOURCE, String.class)).startsWith("file a?bc").hasSize(105);
        assertThat(exchange.getMessage().getHeader(Headers.SOURCE_TYPE)).isEqualTo("xml");
        InboxFile.of(exchange).done();
        Files.writeString(file.path(), "more");
        assertThatThrownBy(file::done).isInstanceOf(IOException.class).hasMessageContaining("read again");
        Files.delete(file.path());
        assertThatThrownBy(file::done).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void whatIsCaughtDecides() throws Exception {
        Exchange exchange = exchange("a");
        AtomicInteger closed = new AtomicInteger();
        InboxFile.take(exchange, "xml").reading(closed::incrementAndGet);
        RefusedException refusal = new RefusedException("bad", "line 1", "It is bad.");
        exchange.setProperty(Exchange.EXCEPTION_CAUGHT, new IllegalStateException(refusal));
        assertThat(InboxFile.refusal(exchange)).isSameAs(refusal);
        assertThatThrownBy(() -> InboxFile.later(exchange)).isInstanceOf(IllegalStateException.class);
        assertThat(InboxFile.of(exchange).refuse(new Inbox(folder), new byte[] {1})).isEqualTo(".refused/a");
        assertThat(folder.resolve(".refused/a.report.txt")).exists();
        assertThat(closed).as("once").hasValue(1);
        exchange.removeProperty(Exchange.EXCEPTION_CAUGHT);
        assertThat(InboxFile.refusal(exchange).code()).isEqualTo("refused");
    }

    private Exchange exchange(String name) throws IOException {
        Exchange exchange = new DefaultExchange(new SimpleCamelContext());
        exchange.getMessage().setBody(Files.writeString(folder.resolve(name), "something").toFile());
        return exchange;
    }
}
