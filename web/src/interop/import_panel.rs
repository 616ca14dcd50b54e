//! The dialog of the import: files in, what was made of them, and what they do not say. Nothing is
//! changed before it is taken.

use crate::format::counted;
use crate::icons::{Icon, icon};
use crate::interop::account_view::AccountView;
use crate::interop::draft::Draft;
use crate::interop::entry::Entry;
use crate::interop::imported::Given;
use crate::interop::limits::length;
use crate::interop::question_form::Questions;
use crate::interop::reading::{Reading, use_reading};
use crate::interop::suggestion_list::Suggestions;
use crate::interop::taking::Taking;
use crate::interop::verdict::{says_of_page, verdict};
use crate::interop::words::format_name;
use crate::session::Happened;
use crate::sheet::{Sheet, SheetKind};
use crate::workbench::{Workbench, use_workbench};
use eniac_interop::{Format, Import, ImportSettings};
use std::rc::Rc;
use web_sys::HtmlInputElement;
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
    let session = workbench.session();
    let (given, draft) = (session.given.clone(), session.draft.clone());
    let reading = use_reading(given.clone(), draft.settings.clone(), workbench.document().clone());
    use_effect_with((), {
        let (workbench, draft) = (workbench.clone(), draft.clone());
        // What was typed and not left before the dialog was closed is an answer too.
        move |()| keep(&workbench, draft.all_answered())
    });
    use_effect_with(reading.import().cloned(), {
        let (workbench, draft) = (workbench.clone(), draft.clone());
        move |import| {
            if let Some(import) = import {
                keep(&workbench, draft.with_questions(import));
            }
        }
    });
    let take = {
        let (workbench, draft) = (workbench.clone(), draft.clone());
        Callback::from(move |ticked| keep(&workbench, Draft { ticked, ..(*draft).clone() }))
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
                    given_file(&workbench, &given, place, file, &reading)
                }) }
            </ul>
            if draft.is_taken && !given.is_empty() {
                <p class="hint">
                    { "These files are in the scenario on the page. What is given now is read together with them; " }
                    <button
                        type="button"
                        class="link-button"
                        onclick={workbench.on(Happened::GivenAre(Vec::new()))}
                    >
                        { "begin anew" }
                    </button>
                </p>
            }
            <div role="status" class="import-status">
                if let Some(why) = &reading.trouble {
                    <p class="error-line">
                        { format!("Nothing could be read: {why}. What is on the page is as it was.") }
                    </p>
                } else if reading.is_busy {
                    <p class="quiet">{ "Being read…" }</p>
                } else if let Some(import) = reading.import() {
                    <p class="import-says">{ says(import, &draft, reading.is_of_page) }</p>
                }
            </div>
            if let Some(import) = reading.import() {
                { asked(&workbench, import, &draft) }
                <Suggestions
                    suggestions={import.suggestions.clone()}
                    taken={draft.ticked.clone()}
                    {take}
                />
                <AccountView import={import.clone()} />
                <Taking reading={reading.clone()} import={import.clone()} />
            }
        </div>
    }
}

/// Keeps what was said beside the files, where it is something else than before.
fn keep(workbench: &Workbench, draft: Draft) {
    if draft != *workbench.session().draft {
        workbench.tell(Happened::Drafted(Rc::new(draft)));
    }
}

/// `In these files: 12 services and 2 capacity providers. 1 question left open.`
fn says(import: &Import, draft: &Draft, is_of_page: bool) -> String {
    let verdict = verdict(import);
    let asked = match draft.open_questions(import) {
        0 => String::new(),
        number => format!(" {} left open.", counted(number, "question")),
    };
    let says = if is_of_page { says_of_page(import) } else { verdict.says };
    format!("In these files: {says}.{asked}")
}

fn given_file(
    workbench: &Workbench,
    all: &Rc<Vec<Given>>,
    place: usize,
    file: &Given,
    reading: &Reading,
) -> Html {
    let import = reading.import();
    let read = import.and_then(|import| import.files.iter().find(|read| read.name == file.name));
    let (class, what) = match read {
        None if reading.is_unread(&file.name) => {
            ("not-read", "cannot be read: moved or changed since".to_owned())
        }
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
fn asked(workbench: &Workbench, import: &Rc<Import>, draft: &Rc<Draft>) -> Html {
    let has_usage = import.files.iter().any(|file| file.format == Some(Format::Usage));
    let change = {
        let (workbench, draft) = (workbench.clone(), draft.clone());
        Callback::from(move |settings| keep(&workbench, Draft { settings, ..(*draft).clone() }))
    };
    let say = {
        let workbench = workbench.clone();
        Callback::from(move |draft| keep(&workbench, draft))
    };
    html! {
        <>
            if has_usage {
                <Headroom settings={draft.settings.clone()} {change} />
            }
            <Questions import={import.clone()} draft={draft.clone()} {say} />
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
