import Connectors
import Cron

/// Why a run is to end before its work is done: what is under way is finished and remembered, and nothing more is begun.
package enum Stop: Sendable, Hashable {
    /// The name of the signal.
    case signal(String)
    case timeLimit
    /// Another sync found a connection broken that this one needs too.
    case connection(String)
    /// It was to make so many writes, and there were more.
    case writeLimit(Int)

    package var words: String {
        switch self {
        case .signal(let name): "stopped by \(name)"
        case .timeLimit: "stopped at its time limit"
        case .connection(let name): "stopped with the connection '\(name)'"
        case .writeLimit(let limit): "stopped at its limit of \(limit) \(limit == 1 ? "write" : "writes")"
        }
    }
}

/// How long a run may take.
package struct TimeLimit: Sendable, Hashable {
    package let duration: Duration

    /// A length of time as job files write it, such as `10m`; nil for what is none.
    package init?(_ text: String) {
        guard let interval = try? Interval.parse(text) else { return nil }
        duration = interval.duration
    }
}

extension World {
    /// This world, in which runs stop once so much time has passed.
    package func limited(to limit: TimeLimit) -> World {
        let end = ContinuousClock.now + limit.duration
        var world = self
        let asked = stop
        world.stop = { asked() ?? (ContinuousClock.now >= end ? .timeLimit : nil) }
        world.timeLeft = { max(.zero, end - .now) }
        return world
    }

    /// How long to wait for systems that ask for it.
    var patience: Patience {
        Patience(
            wait: { duration in
                if let left = timeLeft(), left < duration { return false }
                var rest = duration
                while rest > .zero, stop() == nil {
                    let part = min(rest, .milliseconds(200))
                    await pause(part)
                    rest -= part
                }
                return stop() == nil
            }, random: random)
    }
}
