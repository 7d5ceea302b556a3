import Evaluation
import FeatureStore
import Reports

/// The control that hears nothing: every test clip is given the class most frequent among the clips that a fold may train
/// on, those held out for validation included.
struct MajorityControl {
    let division: Division
    let labels: Relabelling

    private var classes: [String] { labels.classes }

    /// Divisions that are alike in clips and labels have one control.
    var identity: Digest { Digest.of([division.digest.description, division.request.labels.summary] + classes) }

    /// The control as a cell of the report.
    var cell: ReportCell {
        ReportCell(
            id: "majority-\(identity.description.prefix(8))", split: division.split, classes: classes,
            labels: labels.words(after: division.labelWords), isMergedLater: labels.isMerging, layer: "–",
            head: "majority class", seed: 0,
            isControl: true)
    }

    /// What it answers, fold by fold.
    func folds(of clips: [LabelledClip]) -> [ReportFold] {
        division.folds.map { fold in
            let majority = majorityClass(of: labels(of: (fold.train + fold.validation).sorted())) ?? 0
            let shares = classes.indices.map { $0 == majority ? Float(1) : 0 }
            let predictions = zip(fold.test, labels(of: fold.test)).map { clip, label in
                ReportPrediction(
                    clip: clips[clip].path, speaker: clips[clip].speaker, label: label, probabilities: shares)
            }
            return ReportFold(name: fold.name, bestEpoch: nil, predictions: predictions, history: [])
        }
    }

    private func labels(of clips: [Int]) -> [Int] { division.labels(of: clips).map(labels.label) }
}
