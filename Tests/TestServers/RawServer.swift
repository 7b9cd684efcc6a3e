import Foundation
import Glibc
import Synchronization

/// A server on 127.0.0.1 that says byte for byte what a test tells it to: each connection is served by one thread.
package final class RawServer: Sendable {
    package let port: Int
    private let descriptor: CInt
    private let seen = Mutex<(connections: Int, requests: [Received])>((0, []))

    /// - Parameter serve: is given the connections one by one, with their numbers from 1.
    package init(_ serve: @escaping @Sendable (Peer, Int) -> Void) throws {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 && listen(descriptor, 64) == 0
                    && getsockname(descriptor, $0, &length) == 0
            }
        }
        guard descriptor >= 0, bound else { throw POSIXError(.EADDRINUSE) }
        self.descriptor = descriptor
        port = Int(UInt16(bigEndian: address.sin_port))
        Thread.detachNewThread { [self] in
            while true {
                let connection = accept(descriptor, nil, nil)
                // Closed by this thread alone: the number may be another server's a moment later.
                guard connection >= 0 else {
                    Glibc.close(descriptor)
                    return
                }
                // What tests start meanwhile does not hold it open.
                _ = fcntl(connection, F_SETFD, FD_CLOEXEC)
                let number = seen.withLock {
                    $0.connections += 1
                    return $0.connections
                }
                Thread.detachNewThread { [self] in
                    let peer = Peer(connection) { [self] received in self.seen.withLock { $0.requests.append(received) }
                    }
                    serve(peer, number)
                    peer.close()
                }
            }
        }
    }

    /// Answers every request of every connection with this.
    package convenience init(answer: @escaping @Sendable (Received) -> String) throws {
        try self.init { peer, _ in
            while let request = peer.readRequest() { peer.write(answer(request)) }
        }
    }

    package var url: String { "http://127.0.0.1:\(port)" }
    package var requests: [Received] { seen.withLock { $0.requests } }
    package var connections: Int { seen.withLock { $0.connections } }

    package func stop() { shutdown(descriptor, Int32(SHUT_RDWR)) }
}

/// A request as it came in.
package struct Received: Sendable {
    package var line: String
    package var fields: [String]
    package var body: [UInt8]

    /// The values of a field, whatever the case of its name.
    package func values(_ name: String) -> [String] {
        fields.filter { $0.lowercased().hasPrefix(name.lowercased() + ":") }.map {
            $0.dropFirst(name.count + 1).trimmingCharacters(in: .whitespaces)
        }
    }
}

/// One connection, seen from the server.
package final class Peer: Sendable {
    private let descriptor: Mutex<CInt>
    private let left = Mutex<[UInt8]>([])
    private let note: @Sendable (Received) -> Void

    init(_ descriptor: CInt, note: @escaping @Sendable (Received) -> Void) {
        self.descriptor = Mutex(descriptor)
        self.note = note
    }

    deinit { close() }

    /// The next request whole; nil when the client closed.
    package func readRequest() -> Received? {
        var bytes = left.withLock { $0 }
        var end: Int?
        while end == nil {
            end = bytes.firstRange(of: Array("\r\n\r\n".utf8))?.upperBound
            if end == nil {
                guard let more = read() else { return nil }
                bytes += more
            }
        }
        guard let end else { return nil }
        let lines = String(decoding: bytes[..<(end - 4)], as: UTF8.self).components(separatedBy: "\r\n")
        var received = Received(line: lines[0], fields: Array(lines.dropFirst()), body: [])
        let length = received.values("content-length").first.flatMap { Int($0) } ?? 0
        while bytes.count < end + length {
            guard let more = read() else { return nil }
            bytes += more
        }
        received.body = Array(bytes[end..<(end + length)])
        left.withLock { $0 = Array(bytes[(end + length)...]) }
        note(received)
        return received
    }

    /// What comes next; nil when the client closed.
    package func read() -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = Glibc.read(descriptor.withLock { $0 }, &buffer, buffer.count)
        return count > 0 ? Array(buffer[..<count]) : nil
    }

    /// Waits until the client closes, and says nothing meanwhile.
    package func waitForClose() { while read() != nil {} }

    @discardableResult
    package func write(_ text: String) -> Bool { write(Array(text.utf8)) }

    /// false when the client has closed.
    @discardableResult
    package func write(_ bytes: [UInt8]) -> Bool {
        let descriptor = descriptor.withLock { $0 }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    /// Carries bytes between the client and another server, until either closes.
    package func joinTo(port: Int) {
        guard let other = Peer(port: port) else { return }
        Thread.detachNewThread { [self] in
            while let bytes = other.read(), write(bytes) {}
            end()
        }
        while let bytes = read(), other.write(bytes) {}
        other.end()
    }

    /// A connection to a server.
    private convenience init?(port: Int) {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        address.sin_port = UInt16(port).bigEndian
        let connected = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard connected == 0 else { return nil }
        self.init(descriptor) { _ in }
    }

    /// Lets both sides read to the end and no further.
    private func end() { _ = descriptor.withLock { shutdown($0, Int32(SHUT_RDWR)) } }

    /// Ends the connection with a reset, and not in good order.
    package func reset() {
        var linger = linger(l_onoff: 1, l_linger: 0)
        setsockopt(
            descriptor.withLock { $0 }, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<Glibc.linger>.size))
        close()
    }

    package func close() {
        descriptor.withLock {
            if $0 >= 0 { Glibc.close($0) }
            $0 = -1
        }
    }
}

extension RawServer {
    /// An answer with a length.
    package static func answer(_ body: String, status: String = "200 OK", fields: [String] = []) -> String {
        (["HTTP/1.1 \(status)"] + fields + ["Content-Length: \(body.utf8.count)", "", body]).joined(separator: "\r\n")
    }
}
