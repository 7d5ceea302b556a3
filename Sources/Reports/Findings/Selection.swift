import Evaluation

/// What a report is asked to choose for each fold by its validation clips, so that no test clip has a say.
public struct SelectionRequest: Sendable, Equatable {
    /// What a choice is made by.
    public enum Criterion: String, Sendable, CaseIterable {
        /// The mean recall on the validation clips.
        case uaValidation
        /// The accuracy on the validation clips.
        case waValidation
        /// The macro F1 on the validation clips.
        case macroF1Validation
        /// The loss on the validation clips, the smaller the better.
        case lossValidation
    }

    /// What a choice is made by.
    public var criterion: Criterion
    /// The axes of the grid among whose values is chosen; `head` stands for every axis under it.
    public var axes: [String]

    /// A request to choose among the values of these axes.
    public init(criterion: Criterion, axes: [String]) {
        self.criterion = criterion
        self.axes = axes
    }

    /// Whether an axis is one of those chosen among.
    func covers(_ axis: ReportAxis) -> Bool { axes.contains(where: axis.isUnder) }
}

/// Nested selection: for each fold the candidate that was best on its validation clips, and how those did on the test clips.
///
/// Source: Cawley and Talbot, "On over-fitting in model selection and subsequent selection bias in performance
/// evaluation", JMLR 11, 2010.
struct SelectedResult {
    /// The candidate chosen for one fold.
    struct Choice {
        let candidate: CellSummary
        let fold: FoldSummary
        let validationScore: Double
    }

    /// The result as if it were one cell.
    let cell: ReportCell
    let request: SelectionRequest
    let candidates: [CellSummary]
    /// One entry a fold.
    let choices: [Choice]
    let pooled: ConfusionMatrix
    let scores: Scores
    let intervals: ScoreIntervals?
    /// How the clips of each speaker were answered by what was chosen, in the order of their names.
    let speakers: [SpeakerMatrix]

    /// One result for each set of cells that differ only on the axes of the request; a set of one is no choice.
    static func results(
        of group: ProtocolGroup, by request: SelectionRequest, resampling: SpeakerResampling
    ) -> [SelectedResult] {
        grouped(group.cells) { $0.cell.axes.filter { !request.covers($0) } }.filter { $0.count > 1 }
            .compactMap { SelectedResult(among: $0, by: request, resampling: resampling) }
    }

    /// Nil where a fold has no validation clips to choose by.
    private init?(among candidates: [CellSummary], by request: SelectionRequest, resampling: SpeakerResampling) {
        let validationScores = candidates.map { $0.folds.map { $0.validationScore(by: request.criterion) } }
        guard let selection = try? NestedSelection(validationScores: validationScores) else { return nil }
        let choices = selection.choices.enumerated().map { fold, candidate in
            Choice(
                candidate: candidates[candidate], fold: candidates[candidate].folds[fold],
                validationScore: validationScores[candidate][fold] ?? .nan)
        }
        let matrices = choices.map(\.fold.matrix)
        self.candidates = candidates
        self.choices = choices
        self.request = request
        pooled = matrices.dropFirst().reduce(matrices[0], +)
        scores = Scores(pooled)
        speakers = choices.flatMap(\.fold.speakers).pooledBySpeaker()
        intervals = resampling.intervals(of: speakers)
        cell = candidates[0].cell.standing(forChoiceBy: request)
    }

    /// The candidate with the highest UA on the test clips: what one would report who chose by looking at the answer.
    var bestOnTest: CellSummary {
        candidates.dropFirst().reduce(candidates[0]) { $1.scores.uar > $0.scores.uar ? $1 : $0 }
    }

    /// How often each chosen candidate was chosen, most often first.
    var counts: [(candidate: CellSummary, folds: Int)] {
        grouped(choices, by: \.candidate.cell.id).map { ($0[0].candidate, $0.count) }
            .sorted { ($1.folds, $0.candidate.cell.id) < ($0.folds, $1.candidate.cell.id) }
    }
}

extension SelectedResult {
    /// What choices must share for their spread to be that of training seeds.
    struct SeedKey: Hashable {
        let group: GroupKey
        let variant: VariantKey

        init(_ result: SelectedResult) {
            group = GroupKey(result.cell)
            variant = VariantKey(result.cell, leavingOut: result.request.axes)
        }
    }
}

extension FoldSummary {
    /// What a choice is made by, larger is better; nil without validation clips.
    func validationScore(by criterion: SelectionRequest.Criterion) -> Double? {
        switch criterion {
        case .uaValidation: validation.map { Scores($0).uar }
        case .waValidation: validation.map { Scores($0).accuracy }
        case .macroF1Validation: validation.map { Scores($0).macroF1 }
        case .lossValidation: validationLoss.map { -$0 }
        }
    }
}

extension ReportCell {
    /// The cell that a choice among it and others looks like: its id says so, and what is chosen among is named.
    fileprivate func standing(forChoiceBy request: SelectionRequest) -> ReportCell {
        var result = self
        result.id = "selected-\(id)"
        let chosen = "chosen by \(request.criterion.rawValue)"
        let axes = axes.filter(request.covers)
        if axes.contains(where: { $0.isUnder("layer") }) { (result.layer, result.isSingleLayer) = (chosen, false) }
        if axes.contains(where: { $0.name == "encoder" }) { result.encoder = chosen }
        let settings = axes.filter { !$0.isUnder("layer") && $0.name != "encoder" }.map(\.name)
        if !settings.isEmpty { result.head = "\(settings.joined(separator: ", ")) \(chosen), else as \(head)" }
        return result
    }
}
