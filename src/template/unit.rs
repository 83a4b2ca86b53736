//! A unit's plan file to fill in: its code and name are set, what it owes is offered, everything is explained.

use super::page::{Page, quoted};
use super::words::{choice, deadline, one_of};
use crate::calendar::Date;
use crate::campaign::{Campaign, KeyMeasure, Milestone, RequirementKind, Unit};
use crate::form::{Filled, Sheet as Table, Value};
use crate::lang::{Lang, Text};
use crate::ledger::{self, Cell, Office, Records, office};
use crate::text;
use crate::vocabulary::{MeetingForm, MeetingKind, ProblemAspect, Subject, Word};

/// The plan file of a unit, as the rules and its duties stand on a day.
pub fn plan_file(office: &Office<'_>, unit: &Unit, as_of: Date, lang: Lang) -> String {
    filled_file(office, unit, &Filled::default(), as_of, lang)
}

/// The same file with what the unit has filled in elsewhere; the rest is still there to be filled in.
pub fn filled_file(
    office: &Office<'_>,
    unit: &Unit,
    filled: &Filled,
    as_of: Date,
    lang: Lang,
) -> String {
    let cells = ledger::cells(office, unit, &Records::default(), as_of);
    let sheet = Sheet {
        campaign: office.campaign,
        unit,
        filled,
        cells: &cells,
    };
    let mut page = Page::new(lang);
    sheet.head(&mut page);
    sheet.unit(&mut page);
    sheet.plan(&mut page);
    sheet.activities(&mut page);
    sheet.meetings(&mut page);
    sheet.outcomes(&mut page);
    sheet.summary(&mut page);
    page.finish()
}

/// What a file is made of.
struct Sheet<'s> {
    campaign: &'s Campaign,
    unit: &'s Unit,
    filled: &'s Filled,
    cells: &'s [Cell],
}

/// Where a line explains itself.
const NOTHING: Text = Text::fixed("", "");

impl Sheet<'_> {
    fn of_kind(&self, kind: RequirementKind) -> impl Iterator<Item = (&Milestone, &Cell)> {
        let milestones = self.campaign.milestone.iter().zip(self.cells);
        milestones.filter(move |(milestone, _)| milestone.kind() == kind)
    }

    fn owes(&self, kind: RequirementKind) -> bool {
        self.of_kind(kind).any(|(_, cell)| cell.status.is_owed())
    }

    fn head(&self, page: &mut Page) {
        let (unit, campaign) = (&self.unit.name, &self.campaign.campaign.name);
        page.say(&text!(
            "{unit}：{campaign}报送文件",
            "{campaign}: the plan file of {unit}"
        ));
        page.say(&Text::fixed(
            "“# ”开头的是待填的行：删去行首的“# ”，改成实际内容；段首的[plan]、[[problem]]等也要删去“# ”。",
            "a line that begins with “# ” is there to be filled in: take the “# ” away and write what is the case,",
        ));
        page.say(&Text::fixed(
            "“##”开头的是说明，不用改。没有的内容保留“# ”或删去，不写“无”；一段不够的，照样再写一段。",
            "headers such as [plan] included. “##” explains. Leave what there is not; repeat a [[section]] as often as needed.",
        ));
        page.say(&Text::fixed(
            "日期写成2022-03-28，不加引号；文字写在半角引号里。填好后用duban check检查。",
            "Dates are written 2022-03-28, without quotes; texts in straight quotes. Then run duban check.",
        ));
    }

    fn unit(&self, page: &mut Page) {
        page.blank();
        page.say(&Text::fixed(
            "单位：代码和名称与花名册一致，不要改动",
            "The unit: code and name as in the roster, not to be changed",
        ));
        page.set("[unit]", &NOTHING);
        page.set(&format!("code = {}", quoted(&self.unit.code)), &NOTHING);
        page.set(&format!("name = {}", quoted(&self.unit.name)), &NOTHING);
        let secretary = Text::fixed("第一责任人：书记", "the secretary, first responsible");
        let record = self.filled.of("unit").next();
        let value = |key| record.and_then(|record| record.get(key)).map(Value::toml);
        match value("secretary") {
            Some(value) => page.set(&format!("secretary = {value}"), &secretary),
            None => page.ask("secretary", &secretary),
        }
        let whom = Text::fixed("联络员", "whom the office calls");
        let parts = [
            ("name", value("contact.name")),
            ("phone", value("contact.phone")),
        ];
        let parts: Vec<String> = parts
            .into_iter()
            .filter_map(|(key, value)| Some(format!("{key} = {}", value?)))
            .collect();
        if parts.is_empty() {
            let blank = page.blank_text();
            let contact = format!("contact = {{ name = {blank}, phone = {blank} }}");
            page.offer(&contact, &whom);
        } else {
            page.set(&format!("contact = {{ {} }}", parts.join(", ")), &whom);
        }
    }

    /// The records of a table as they were filled in; false when there are none.
    fn filled(&self, page: &mut Page, table: &str) -> bool {
        let several = Table::of(table).is_some_and(Table::many);
        let (open, close) = if several { ("[[", "]]") } else { ("[", "]") };
        let mut any = false;
        for record in self.filled.of(table) {
            if any {
                page.blank();
            }
            any = true;
            page.set(&format!("{open}{table}{close}"), &NOTHING);
            for (column, value) in &record.0 {
                page.set(
                    &format!("{} = {}", column.key(), value.toml()),
                    &column.header,
                );
            }
        }
        any
    }

    fn has(&self, table: &str) -> bool {
        self.filled.of(table).next().is_some()
    }

    /// One line for each milestone of a kind: its due date and what it asks for, or why it is not owed.
    fn deadlines(&self, page: &mut Page, kind: RequirementKind) {
        for (milestone, cell) in self.of_kind(kind) {
            page.say(&deadline(milestone, cell));
        }
    }

    fn plan(&self, page: &mut Page) {
        let owed = self.owes(RequirementKind::Plan);
        if owed || self.of_kind(RequirementKind::Plan).next().is_some() {
            page.blank();
            self.deadlines(page, RequirementKind::Plan);
        }
        if self.has("plan") && !owed {
            page.blank();
        }
        if !self.filled(page, "plan") && owed {
            self.filing(page);
        }
        if owed || self.has("problem") {
            self.problems(page);
        }
        self.measures(page, owed || self.has("measure"));
    }

    fn filing(&self, page: &mut Page) {
        let (unit, campaign) = (&self.unit.name, &self.campaign.campaign.name);
        let title = format!("{unit}{campaign}活动实施方案");
        page.offer("[plan]", &NOTHING);
        page.offer(&format!("title = {}", quoted(&title)), &NOTHING);
        let mut date = |key: &str, zh, en| self.date(page, key, Text::fixed(zh, en));
        date("special_meeting", "专题会议", "the special meeting");
        date("adopted", "制定日期", "the unit adopted the plan");
        date(
            "filed",
            "首次报送日期，以后修订也不改",
            "first filed; never changed later",
        );
        date("received", "办公室收到日期", "the office received it");
        let number = Text::fixed(
            "发文字号，如甲党发〔2022〕5号",
            "document number, such as 甲党发〔2022〕5号",
        );
        page.ask("document_number", &number);
    }

    fn date(&self, page: &mut Page, key: &str, note: Text) {
        page.offer(&format!("{key} = {}", self.campaign.start()), &note);
    }

    fn due(&self, page: &mut Page, note: Text) {
        page.offer(&format!("due = {}", self.campaign.end()), &note);
    }

    fn problems(&self, page: &mut Page) {
        page.blank();
        page.say(&Text::fixed(
            "查摆问题：一个问题一段，领导班子和班子成员都要有",
            "Problems: one section each, both of the leading team and of its members",
        ));
        if self.filled(page, "problem") {
            return;
        }
        for subject in [Subject::Team, Subject::Member] {
            if subject == Subject::Member {
                page.blank();
            }
            self.problem(page, subject);
        }
    }

    fn problem(&self, page: &mut Page, subject: Subject) {
        let words = &self.campaign.vocabulary;
        page.offer("[[problem]]", &NOTHING);
        page.offer(
            &format!("subject = {}", quoted(subject.zh())),
            &one_of::<Subject>(),
        );
        if subject == Subject::Member {
            page.ask("member", &Text::fixed("班子成员姓名", "the member's name"));
        }
        let aspect = quoted(ProblemAspect::WorkStyle.zh());
        page.offer(&format!("aspect = {aspect}"), &one_of::<ProblemAspect>());
        page.ask("fault", &choice("表现", "fault", &words.faults));
        page.ask("ability", &choice("能力", "ability", &words.abilities));
        page.ask("text", &Text::fixed("问题", "the problem"));
        page.ask("remedy", &Text::fixed("整改措施", "the remedy"));
        page.ask("owner", &Text::fixed("责任人", "who answers for it"));
        let standing = Text::fixed(
            "整改时限；需要坚持的写\"长期坚持\"",
            "time limit, or \"长期坚持\": kept up for good",
        );
        self.due(page, standing);
        let closed = Text::fixed("销号日期，销号后填", "closed on, once it is");
        page.offer(&format!("closed = {}", self.campaign.end()), &closed);
    }

    fn measures(&self, page: &mut Page, owed: bool) {
        let code = &*self.unit.code;
        let ours = |key: &&KeyMeasure| {
            let mut concerned = key.lead.iter().chain(&key.responsible);
            concerned.any(|unit| unit == code)
        };
        let keys: Vec<&KeyMeasure> = self.campaign.key_measure.iter().filter(ours).collect();
        if !owed && keys.is_empty() {
            return;
        }
        page.blank();
        page.say(&Text::fixed(
            "措施：一条措施一段",
            "Measures: one section each",
        ));
        if self.filled(page, "measure") {
            return;
        }
        for (at, key) in keys.iter().enumerate() {
            if at > 0 {
                page.blank();
            }
            self.measure(page, Some(key));
        }
        if keys.is_empty() {
            self.measure(page, None);
        }
    }

    fn measure(&self, page: &mut Page, key: Option<&KeyMeasure>) {
        let words = &self.campaign.vocabulary;
        page.offer("[[measure]]", &NOTHING);
        if let Some((key, number)) = key.and_then(|key| Some((key, key.number?))) {
            let about = &key.text;
            let note = text!("重点举措：{about}", "the key measure {about}");
            page.offer(&format!("key = {number}"), &note);
        }
        match key.and_then(|key| key.aspect.as_ref()) {
            Some(aspect) => page.offer(&format!("aspect = {}", quoted(aspect)), &NOTHING),
            None => page.ask("aspect", &choice("方面", "aspect", &words.aspects)),
        }
        page.ask("text", &Text::fixed("措施内容", "the measure"));
        page.ask("lead", &Text::fixed("牵头部门", "who leads it"));
        let responsible = format!("responsible = [{}]", page.blank_text());
        page.offer(&responsible, &Text::fixed("责任部门", "who is responsible"));
        page.ask("goal", &choice("目标", "goal", &words.goals));
        self.due(page, Text::fixed("完成时限", "time limit"));
        let done = Text::fixed("完成日期，完成后填", "done on, once it is");
        page.offer(&format!("done = {}", self.campaign.end()), &done);
    }

    fn activities(&self, page: &mut Page) {
        let kinds = &self.campaign.vocabulary.activities;
        page.blank();
        page.say(&Text::fixed(
            "举措：开展一次写一段",
            "Activities: one section each time",
        ));
        if self.filled(page, "activity") {
            return;
        }
        page.offer("[[activity]]", &NOTHING);
        page.ask("kind", &choice("形式", "kind", kinds));
        self.date(page, "date", Text::fixed("开展日期", "the day"));
        page.offer(
            "participants = 1",
            &Text::fixed("参加人数", "how many took part"),
        );
        page.ask("text", &Text::fixed("内容", "what was done"));
    }

    fn meetings(&self, page: &mut Page) {
        let asked = self.of_kind(RequirementKind::Meetings).next().is_some();
        if !asked && !self.has("meeting") {
            return;
        }
        page.blank();
        self.deadlines(page, RequirementKind::Meetings);
        if self.filled(page, "meeting") {
            return;
        }
        let mut seen = Vec::new();
        for (milestone, cell) in self.of_kind(RequirementKind::Meetings) {
            if !cell.status.is_owed() {
                continue;
            }
            for kind in office::owed_meetings(self.unit, milestone) {
                if seen.contains(&(kind, milestone.from())) {
                    continue;
                }
                seen.push((kind, milestone.from()));
                self.meetings_of(page, kind);
            }
        }
    }

    /// The meetings of one kind: one, or one in every branch, or none where another unit holds it.
    fn meetings_of(&self, page: &mut Page, kind: MeetingKind) {
        if kind == MeetingKind::DemocraticLife {
            return self.meeting(page, kind, None);
        }
        if let Some(host) = &self.unit.met_by {
            let named = self
                .campaign
                .unit
                .iter()
                .find(|unit| *unit.code == host.unit);
            let name = named.map_or(&*host.unit, |unit| &*unit.name);
            let branch = host.branch.as_deref().unwrap_or_default();
            return page.say(&text!(
                "组织生活会随{name}{branch}召开，由其登记，本文件不必再写",
                "the organizational life meeting is held with {name} {branch} and recorded there, not here"
            ));
        }
        if self.unit.branches.is_empty() {
            return self.meeting(page, kind, None);
        }
        for branch in &self.unit.branches {
            self.meeting(page, kind, Some(branch));
        }
    }

    fn meeting(&self, page: &mut Page, kind: MeetingKind, branch: Option<&str>) {
        page.blank();
        page.set("[[meeting]]", &NOTHING);
        page.set(&format!("kind = {}", quoted(kind.zh())), &NOTHING);
        if let Some(branch) = branch {
            page.set(&format!("branch = {}", quoted(branch)), &NOTHING);
        }
        let planned = Text::fixed("计划日期，不算召开", "planned for; does not count as held");
        self.date(page, "planned", planned);
        self.date(page, "held", Text::fixed("召开日期", "held on"));
        if kind == MeetingKind::OrganizationalLife {
            let form = quoted(MeetingForm::AllMembers.zh());
            page.offer(&format!("form = {form}"), &one_of::<MeetingForm>());
        }
        page.offer(
            "expected = 1",
            &Text::fixed("应到人数", "how many should attend"),
        );
        let present = match kind {
            MeetingKind::DemocraticLife => Text::fixed(
                "实到人数，不少于应到的三分之二",
                "how many did, at least two thirds",
            ),
            MeetingKind::OrganizationalLife => Text::fixed("实到人数", "how many did"),
        };
        page.offer("present = 1", &present);
        let reviews = Text::fixed("是否对照检查活动要求", "whether it reviewed the campaign");
        page.offer("reviews_campaign = true", &reviews);
    }

    fn outcomes(&self, page: &mut Page) {
        let asked = self.of_kind(RequirementKind::Outcomes).next().is_some();
        if !asked && !self.has("outcome") {
            return;
        }
        page.blank();
        self.deadlines(page, RequirementKind::Outcomes);
        if self.filled(page, "outcome") || !self.owes(RequirementKind::Outcomes) {
            return;
        }
        page.offer("[[outcome]]", &NOTHING);
        let title = Text::fixed(
            "文件标题；总结、通报、讲话不算",
            "title; a summing-up, bulletin or speech does not count",
        );
        page.ask("title", &title);
        page.ask(
            "document_number",
            &Text::fixed("发文字号", "document number"),
        );
        let adopted = Text::fixed("成文日期，以此为准", "adopted on: the date that counts");
        self.date(page, "adopted", adopted);
        self.date(page, "printed", Text::fixed("印发日期", "printed on"));
        page.ask(
            "based_on",
            &Text::fixed("所固化的做法", "the practice that it fixes"),
        );
    }

    fn summary(&self, page: &mut Page) {
        page.blank();
        page.say(&Text::fixed(
            "总结：活动结束时填",
            "Summing-up, at the end of the campaign",
        ));
        if self.filled(page, "summary") {
            return;
        }
        page.offer("[summary]", &NOTHING);
        page.offer(&format!("date = {}", self.campaign.end()), &NOTHING);
        page.ask("text", &NOTHING);
    }
}
