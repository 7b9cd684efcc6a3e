internal import Synchronization
internal import Values

/// How many requests a connection made on a day, over all runs, and how many it may make.
package final class CallCount: Sendable {
    /// The day, counted from 1970-01-01 in UTC, and how many requests were made on it.
    package struct Day: Sendable, Hashable {
        package var day: Int64
        package var calls: Int

        package init(day: Int64, calls: Int) {
            self.day = day
            self.calls = calls
        }
    }

    /// So many may be lost where a process is killed.
    package static let step = 100
    private static let length: Int64 = 86_400

    private struct State {
        var day: Day
        /// How many of the day's nobody but this process knows of.
        var news = 0
    }

    private let budget: Int?
    private let keep: @Sendable (Day) -> Day?
    private let state: Mutex<State>

    /// - Parameters:
    ///   - budget: the most requests in a day; nil for any number, of which none is counted.
    ///   - day: what is known of other runs.
    ///   - keep: adds requests to those that are kept of a day, and gives how many there are then, those of other processes among them;
    ///     nil where they cannot be kept.
    package init(
        budget: Int? = nil, so day: Day = Day(day: 0, calls: 0), keep: @escaping @Sendable (Day) -> Day? = { _ in nil }
    ) {
        self.budget = budget
        self.keep = keep
        state = Mutex(State(day: day))
    }

    /// Counts a request that is about to be sent, or says why it may not be.
    func take(_ now: Timestamp) -> AskFailure? {
        guard let budget else { return nil }
        let today = now.seconds / Self.length
        return state.withLock { state in
            if state.day.day != today { turn(&state, to: today) }
            guard state.day.calls < budget else {
                write(&state)
                let next = (today + 1) * Self.length
                let when = Timestamp(seconds: next, nanoseconds: 0)?.description ?? "midnight (UTC)"
                return .spent(
                    "the \(budget) requests that 'daily_budget' allows in a day have been made; it goes on at \(when)",
                    after: .seconds(next - now.seconds))
            }
            state.day.calls += 1
            state.news += 1
            if state.news >= Self.step { write(&state) }
            return nil
        }
    }

    /// Has all that was counted kept: at the end of a run.
    package func flush() { state.withLock { write(&$0) } }

    private func turn(_ state: inout State, to today: Int64) {
        write(&state)
        state.day = Day(day: today, calls: 0)
    }

    private func write(_ state: inout State) {
        guard state.news > 0 else { return }
        guard let all = keep(Day(day: state.day.day, calls: state.news)) else { return }
        state.news = 0
        if all.day == state.day.day { state.day.calls = max(state.day.calls, all.calls) }
    }
}
