//! The dialog of the import: files in, what was made of them, what they do not say, and the way to
//! take it. Nothing is changed before it is taken.

use crate::edit::Edit;
use crate::format::counted;
use crate::icons::{Icon, icon};
use crate::interop::account_view::AccountView;
use crate::interop::files::{give, listed, of_text, pasted_name};
use crate::interop::imported::{Given, Imported};
use crate::interop::limits::length;
use crate::interop::question_form::Questions;
use crate::interop::reading::{Reading, use_reading};
use crate::interop::suggestion_list::Suggestions;
use crate::interop::verdict::verdict;
use crate::interop::words::format_name;
use crate::notice::Notice;
use crate::session::Happened;
use crate::sheet::{Sheet, SheetKind};
use crate::workbench::{Workbench, use_workbench};
use eniac_interop::{Format, Import, ImportSettings};
use std::collections::BTreeSet;
use std::rc::Rc;
use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

/// The dialog.
#[component]
pub fn ImportSheet() -> Html {
    html! {
        <Sheet kind={SheetKind::Import} title="Import" wide=true>
            <ImportPanel />
        </Sheet>
    }
}

#[component]
fn ImportPanel() -> Html {
    let workbench = use_workbench();
    let settings = use_state(ImportSettings::default);
    let taken = use_state(BTreeSet::<usize>::new);
    let given = workbench.session().given.clone();
    let reading = use_reading(given.clone(), (*settings).clone(), workbench.document().clone());
    let change = {
        let settings = settings.clone();
        Callback::from(move |next: ImportSettings| settings.set(next))
    };
    html! {
        <div class="import" data-testid="import" data-busy={reading.is_busy.to_string()}>
            <p class="hint">
                { "Task definitions, Terraform, CloudFormation, Compose, a table of services, usage data, \
                   prices, a scenario: several files at once, their format is told by what is in them. \
                   They are read here, in the browser; nothing is run, fetched or sent." }
            </p>
            <Entry />
            <ul class="given-files" aria-label="Files">
                { for given.iter().enumerate().map(|(place, file)| {
                    given_file(&workbench, &given, place, file, reading.import())
                }) }
            </ul>
            <div role="status" class="import-status">
                if let Some(why) = &reading.trouble {
                    <p class="error-line">
                        { format!("Nothing could be read: {why}. What is on the page is as it was.") }
                    </p>
                } else if reading.is_busy {
                    <p class="quiet">{ "Being read…" }</p>
                } else if let Some(import) = reading.import() {
                    <p class="import-says">{ says(import) }</p>
                }
            </div>
            if let Some(import) = reading.import() {
                { asked(import, &settings, &change) }
                <Suggestions
                    suggestions={import.suggestions.clone()}
                    taken={(*taken).clone()}
                    take={Callback::from({
                        let taken = taken.clone();
                        move |next| taken.set(next)
                    })}
                />
                <AccountView import={import.clone()} />
                { actions(&workbench, &reading, import, &settings, &taken) }
            }
        </div>
    }
}

/// `Read: 12 services and 2 capacity providers.`
fn says(import: &Import) -> String {
    let verdict = verdict(import);
    let asked = import.questions.len() as u64;
    let asked = match asked {
        0 => String::new(),
        number => format!(" {} left open.", counted(number, "question")),
    };
    format!("In these files: {}.{asked}", verdict.says)
}

/// Where text is pasted, and the button that chooses files.
#[component]
fn Entry() -> Html {
    let workbench = use_workbench();
    let text = use_state(String::new);
    let oninput = {
        let text = text.clone();
        Callback::from(move |event: InputEvent| {
            text.set(event.target_unchecked_into::<HtmlTextAreaElement>().value());
        })
    };
    let add = {
        let (workbench, text) = (workbench.clone(), text.clone());
        Callback::from(move |_: MouseEvent| {
            if let Some(file) = of_text(&pasted_name(&workbench), &text) {
                give(&workbench, vec![file]);
                text.set(String::new());
            }
        })
    };
    let pick = Callback::from(move |event: Event| {
        let input = event.target_unchecked_into::<HtmlInputElement>();
        if let Some(files) = input.files() {
            give(&workbench, listed(&files));
        }
        // The same file again is a choice too.
        input.set_value("");
    });
    html! {
        <div class="import-entry">
            <label for="import-text" class="visually-hidden">{ "Text to import" }</label>
            <textarea
                id="import-text"
                class="code"
                rows="4"
                spellcheck="false"
                placeholder="Paste text or cells of a spreadsheet here, or drop files anywhere"
                value={(*text).clone()}
                {oninput}
            />
            <div class="sheet-actions">
                <label class="quiet-button file">
                    { "Choose files" }
                    <input type="file" multiple=true data-testid="import-files" onchange={pick} />
                </label>
                <button
                    type="button"
                    class="quiet-button"
                    disabled={text.trim().is_empty()}
                    onclick={add}
                >
                    { "Read this text" }
                </button>
            </div>
        </div>
    }
}

fn given_file(
    workbench: &Workbench,
    all: &Rc<Vec<Given>>,
    place: usize,
    file: &Given,
    import: Option<&Rc<Import>>,
) -> Html {
    let read = import.and_then(|import| import.files.iter().find(|read| read.name == file.name));
    let (class, what) = match read {
        None => ("quiet", String::new()),
        Some(read) => match read.format {
            None => ("not-read", "cannot be read".to_owned()),
            Some(format) if read.resources == 0 => ("quiet", format_name(format).to_owned()),
            Some(format) => {
                let resources = counted(read.resources as u64, "resource");
                ("quiet", format!("{}, {resources}", format_name(format)))
            }
        },
    };
    let mut others = (**all).clone();
    others.remove(place);
    html! {
        <li key={place}>
            <span class="given-name">{ &file.name }</span>
            <span class="quiet">{ length(file.bytes) }</span>
            <span {class}>{ what }</span>
            <button
                type="button"
                class="icon-button"
                aria-label={format!("Leave {} out", file.name)}
                title="Leave it out"
                onclick={workbench.on(Happened::GivenAre(others))}
            >
                { icon(Icon::Cross) }
            </button>
        </li>
    }
}

/// What the user can say beside the files.
fn asked(
    import: &Rc<Import>,
    settings: &ImportSettings,
    change: &Callback<ImportSettings>,
) -> Html {
    let answer = {
        let settings = settings.clone();
        change.reform(move |(expression, text): (String, String)| {
            let mut next = settings.clone();
            if text.is_empty() {
                next.answers.remove(&expression);
            } else {
                next.answers.insert(expression, text);
            }
            next
        })
    };
    let has_usage = import.files.iter().any(|file| file.format == Some(Format::Usage));
    html! {
        <>
            if has_usage {
                <Headroom settings={settings.clone()} change={change.clone()} />
            }
            <Questions
                questions={import.questions.clone()}
                answers={settings.answers.clone()}
                {answer}
            />
        </>
    }
}

#[derive(Properties, PartialEq)]
struct HeadroomProps {
    settings: ImportSettings,
    change: Callback<ImportSettings>,
}

/// How much more than was seen a suggested size leaves.
#[component]
fn Headroom(props: &HeadroomProps) -> Html {
    let HeadroomProps { settings, change } = props;
    let onchange = {
        let (settings, change) = (settings.clone(), change.clone());
        Callback::from(move |event: Event| {
            let input = event.target_unchecked_into::<HtmlInputElement>();
            match input.value().trim().trim_end_matches('%').trim().parse::<u16>() {
                Ok(headroom_percent) if headroom_percent <= 1_000 => {
                    change.emit(ImportSettings { headroom_percent, ..settings.clone() });
                }
                _ => input.set_value(&settings.headroom_percent.to_string()),
            }
        })
    };
    html! {
        <div class="field headroom">
            <label for="import-headroom">{ "Headroom above what was used" }</label>
            <span class="control">
                <input
                    id="import-headroom"
                    type="text"
                    inputmode="numeric"
                    value={settings.headroom_percent.to_string()}
                    {onchange}
                />
                <span class="unit">{ "%" }</span>
            </span>
        </div>
    }
}

fn actions(
    workbench: &Workbench,
    reading: &Reading,
    import: &Rc<Import>,
    settings: &ImportSettings,
    taken: &BTreeSet<usize>,
) -> Html {
    let verdict = verdict(import);
    let is_ready = !reading.is_busy && reading.trouble.is_none();
    let take = {
        let workbench = workbench.clone();
        let session = workbench.session();
        // What only says something of the scenario on the page leaves it what it was made of.
        let imported = if reading.is_of_page {
            session.imported().cloned()
        } else {
            Some(Rc::new(Imported {
                files: session.given.to_vec(),
                settings: settings.clone(),
                texts: reading.texts(),
            }))
        };
        let says = verdict.says.clone();
        let suggested = import.suggestions.iter().enumerate();
        let suggested = suggested.filter(|(place, _)| taken.contains(place));
        let changes = suggested.flat_map(|(_, suggestion)| suggestion.changes.clone()).collect();
        let scenario = Edit::Apply(changes).apply(&import.scenario);
        Callback::from(move |_: MouseEvent| {
            workbench.tell(Happened::Took(scenario.clone(), imported.clone()));
            done(&workbench, format!("Imported: {says}."));
        })
    };
    let add = {
        let (workbench, services) = (workbench.clone(), verdict.services.clone());
        Callback::from(move |_: MouseEvent| {
            workbench.edit(Edit::AddServices(services.clone()));
            done(&workbench, format!("Added: {}.", counted(services.len() as u64, "service")));
        })
    };
    html! {
        <div class="sheet-actions import-actions">
            <button
                type="button"
                class="main-button"
                disabled={!is_ready || !verdict.has_any}
                onclick={take}
            >
                { if reading.is_of_page { "Take it into the scenario" } else { "Take this scenario" } }
            </button>
            if !verdict.services.is_empty() && !reading.is_of_page {
                <button type="button" class="quiet-button" disabled={!is_ready} onclick={add}>
                    { "Add the services" }
                </button>
            }
            <span class="hint">{ "Can be taken back." }</span>
        </div>
    }
}

fn done(workbench: &Workbench, what: String) {
    workbench.tell(Happened::GivenAre(Vec::new()));
    workbench.tell(Happened::ClosedSheet);
    workbench.tell(Happened::Told(Notice::replaced(what)));
}
