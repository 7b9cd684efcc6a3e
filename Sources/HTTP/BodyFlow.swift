/// A body that is sent piece by piece, so that it is never in memory as a whole.
package struct BodySource: Sendable {
    /// In bytes. No more and no fewer are sent.
    package var length: Int
    /// Begins anew. Each call of what it gives has the next piece; nil is the end.
    package var open: @Sendable () throws(BodyFlowFailure) -> Pieces

    package typealias Pieces = @Sendable () throws(BodyFlowFailure) -> [UInt8]?

    package init(length: Int, open: @escaping @Sendable () throws(BodyFlowFailure) -> Pieces) {
        self.length = length
        self.open = open
    }
}

/// Where the body of an answer goes that is a success (2xx), piece by piece. Other answers are given whole, as ever.
package struct BodySink: Sendable {
    /// The most bytes that are taken.
    package var limit: Int
    /// Called once before the first piece, and again where the request is sent once more.
    package var begin: @Sendable () throws(BodyFlowFailure) -> Void
    package var take: @Sendable ([UInt8]) throws(BodyFlowFailure) -> Void

    package init(
        limit: Int, begin: @escaping @Sendable () throws(BodyFlowFailure) -> Void,
        take: @escaping @Sendable ([UInt8]) throws(BodyFlowFailure) -> Void
    ) {
        self.limit = limit
        self.begin = begin
        self.take = take
    }

    /// Takes a body that is at hand, as the network would bring it.
    ///
    /// - Returns: whether it was within the limit.
    package func pour(_ body: [UInt8]) throws(BodyFlowFailure) -> Bool {
        try begin()
        guard body.count <= limit else { return false }
        if !body.isEmpty { try take(body) }
        return true
    }
}

/// Why a body could not be read here, or not be kept.
package struct BodyFlowFailure: Error, Hashable {
    package var reason: String

    package init(_ reason: String) { self.reason = reason }
}

extension BodySource {
    /// All of it, for whoever looks at it whole.
    package func whole() throws(BodyFlowFailure) -> [UInt8] {
        var bytes: [UInt8] = []
        let next = try open()
        while let piece = try next() { bytes += piece }
        return bytes
    }
}
